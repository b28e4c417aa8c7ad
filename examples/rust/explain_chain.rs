//! Why does this store not trust this chain?
//!
//! `cargo run -p vitrust-examples --example explain_chain -- CHAIN.pem STORE.pem 2026-06-01`
#![allow(clippy::print_stdout, reason = "an example prints")]

use vitrust::{Certificate, Options, Pool, Profile, TrustStore, Verifier};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [chain, store, at] = arguments.as_slice() else {
        return Err("usage: explain_chain CHAIN STORE AT".into());
    };
    let mut pool = Pool::new();
    let mut certificates = |file: &String| -> Result<Vec<Certificate>, Box<dyn std::error::Error>> {
        let reading = vitrust::store::read(&std::fs::read(file)?, file, &mut pool)?;
        Ok(reading.certificates.into_iter().map(|found| found.value).collect())
    };
    let chain = certificates(chain)?;
    let store = TrustStore::from_certificates(certificates(store)?);
    for profile in Profile::ALL {
        let options = Options { profile, ..Options::at(at.parse()?) };
        let verdict = Verifier::new(&store).explain(&chain, &options)?;
        println!("{profile}: {}", if verdict.trusted() { "trusted" } else { "not trusted" });
        for rejection in &verdict.rejections {
            println!("  {}: {}", rejection.reason.code(), rejection.message());
        }
        if let Some(change) = &verdict.change {
            println!("  enough: {change}");
        }
    }
    Ok(())
}

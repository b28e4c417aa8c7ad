//! One validation of a chain of three against stores of 10, 200 and 2,000 anchors, beside rustls-webpki and the bare
//! cost of its two signature checks. The last lines are a table of ratios.
#![allow(clippy::print_stdout)]

#[path = "support/pki.rs"]
mod pki;
#[path = "support/rounds.rs"]
mod rounds;

use criterion::Criterion;
use pki::{Kind, Scene, webpki_trusts};
use ring::signature::{ECDSA_P256_SHA256_ASN1, RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey, VerificationAlgorithm};
use rounds::{Contender, Measured, compare, time};
use vitrust::{Certificate, Options, Time, Verifier};
use vitrust_factory::AT;

const STORES: [u64; 3] = [10, 200, 2_000];

fn main() {
    let options = Options::at(Time::from_unix(AT));
    let mut criterion = Criterion::default().configure_from_args().sample_size(20).without_plots();
    let mut group = criterion.benchmark_group("validation");
    group.warm_up_time(std::time::Duration::from_millis(200)).measurement_time(std::time::Duration::from_secs(1));
    let scene = Scene::new(Kind::P256, 200, true);
    let verifier = Verifier::new(&scene.store);
    group.bench_function("p256/200 of one subject/first", |bencher| {
        bencher.iter(|| Verifier::new(&scene.store).explain(&scene.chain, &options));
    });
    group.bench_function("p256/200 of one subject/repeated", |bencher| {
        bencher.iter(|| verifier.explain(&scene.chain, &options));
    });
    group.finish();
    table(&options);
}

fn table(options: &Options<'_>) {
    println!(
        "\n| chain, store | two ring checks | vitrust first | rustls-webpki | vitrust repeated |\n|---|---:|---:|---:|---:|"
    );
    for (kind, name) in [(Kind::Rsa, "RSA"), (Kind::P256, "ECDSA P-256")] {
        for one_subject in [false, true] {
            for count in STORES {
                let subjects = if one_subject { "one subject" } else { "distinct" };
                println!(
                    "{}",
                    row(&format!("{name}, {count} {subjects}"), &Scene::new(kind, count, one_subject), kind, options)
                );
            }
        }
    }
}

fn row(name: &str, scene: &Scene, kind: Kind, options: &Options<'_>) -> String {
    let anchors = scene.anchors();
    let shared = Verifier::new(&scene.store);
    let trusts =
        |verifier: &Verifier<'_>| verifier.explain(&scene.chain, options).is_ok_and(|verdict| verdict.trusted());
    assert!(trusts(&shared), "{name}: the chain is good");
    let webpki = webpki_trusts(&scene.ders, &anchors);
    let root = shared.explain(&scene.chain, options).expect("judged").path[2].certificate.clone();
    let algorithm: &'static dyn VerificationAlgorithm = match kind {
        Kind::Rsa => &RSA_PKCS1_2048_8192_SHA256,
        Kind::P256 => &ECDSA_P256_SHA256_ASN1,
    };
    let pairs = [(&scene.chain[0], &scene.chain[1]), (&scene.chain[1], &root)];
    let raw = || pairs.iter().all(|(child, issuer)| signed(child, issuer, algorithm));
    assert!(raw(), "{name}: the signatures are good");
    let Measured { times, ratios, .. } = compare(
        vec![
            Contender::new("raw", raw),
            Contender::new("first", || trusts(&Verifier::new(&scene.store))),
            Contender::new("webpki", || webpki_trusts(&scene.ders, &anchors)),
        ],
        41,
        20,
    );
    let repeated = compare(vec![Contender::new("repeated", || trusts(&shared))], 41, 200);
    let refused = if webpki { "" } else { " (refuses)" };
    format!(
        "| {name} | {} | {:.2}x | {:.2}x{refused} | {} |",
        time(times[0]),
        ratios[1],
        ratios[2],
        time(repeated.times[0])
    )
}

fn signed(child: &Certificate, issuer: &Certificate, algorithm: &'static dyn VerificationAlgorithm) -> bool {
    let parts = child.signed_parts();
    UnparsedPublicKey::new(algorithm, &issuer.public_key().key).verify(parts.message, parts.signature).is_ok()
}

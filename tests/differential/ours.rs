//! Our own profiles, asked the same questions.

use vitrust::path::Revocation;
use vitrust::{Certificate, Crl, Error, Options, Profile, Purpose, Time, TrustStore, Verifier};

use super::case::{Case, Purpose as Asked};

/// What our profile decides. A certificate or list that cannot be read is a refusal, as it is for the validators; an
/// anchor that cannot be read is left out, as stores do.
///
/// # Panics
/// When the case has no chain.
pub fn ours(case: &Case, profile: Profile) -> bool {
    let answer = asked(case, profile, |verifier, chain, options| verifier.trusts(chain, options));
    answer.is_ok_and(|answer| answer.expect("every case has a chain"))
}

/// The whole verdict, as JSON.
pub fn explained(case: &Case, profile: Profile) -> Result<String, Error> {
    let verdict = asked(case, profile, |verifier, chain, options| verifier.explain(chain, options))??;
    Ok(vitrust::json::text(&verdict).expect("a verdict is JSON"))
}

fn asked<T>(
    case: &Case,
    profile: Profile,
    ask: impl FnOnce(&Verifier<'_>, &[Certificate], &Options<'_>) -> T,
) -> Result<T, Error> {
    // Go and Java read the whole presented chain first; the others pass over what they cannot read above the first.
    let tolerant = matches!(profile, Profile::Openssl | Profile::Webpki);
    let readable = |(place, der): (usize, &Vec<u8>)| {
        Some(Certificate::from_der(der)).filter(|read| read.is_ok() || place == 0 || !tolerant)
    };
    let chain: Vec<Certificate> = case.chain.iter().enumerate().filter_map(readable).collect::<Result<_, _>>()?;
    let crls: Vec<Crl> = case.crls.iter().map(|der| Crl::from_der(der)).collect::<Result<_, _>>()?;
    let name = case.host.as_deref().map(str::parse).transpose()?;
    let store = TrustStore::from_certificates(case.anchors.iter().filter_map(|der| Certificate::from_der(der).ok()));
    let options = Options {
        profile,
        name,
        crls: &crls,
        revocation: if crls.is_empty() { Revocation::IfPresent } else { Revocation::Required },
        purpose: match case.purpose {
            Asked::Server => Purpose::Server,
            Asked::Client => Purpose::Client,
            // Java's trust manager knows servers and clients only, so the answer is about a server.
            Asked::Any if profile == Profile::Java => Purpose::Server,
            Asked::Any => Purpose::Any,
        },
        ..Options::at(Time::from_unix(case.at))
    };
    Ok(ask(&Verifier::new(&store), &chain, &options))
}

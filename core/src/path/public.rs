//! Chains that end in a publicly trusted CA. VMware's article on trust between vCenters says that such need no action; no store of
//! the estate proves it, so that CA is named and nothing is claimed.

use std::sync::{Arc, OnceLock};

use hashbrown::HashMap;
use webpki_root_certs::TLS_SERVER_ROOT_CERTS;

use super::{Options, Profile, Verdict, Verifier};
use crate::cert::{Certificate, short_name};
use crate::store::TrustStore;
use crate::text::brief;
use crate::time::Time;

/// The codes of the rejections that say no more than that the store lacks the chain's anchor; it may hold another of its name.
pub(crate) const LACKS_ANCHOR: [&str; 3] = ["issuer-not-found", "self-signed-not-trusted", "key-changed"];

/// The roots that Mozilla trusts for servers, by subject.
fn roots() -> &'static HashMap<Box<[u8]>, Vec<Certificate>> {
    static ROOTS: OnceLock<HashMap<Box<[u8]>, Vec<Certificate>>> = OnceLock::new();
    ROOTS.get_or_init(|| {
        let mut roots: HashMap<Box<[u8]>, Vec<Certificate>> = HashMap::new();
        for root in TLS_SERVER_ROOT_CERTS.iter().filter_map(|der| Certificate::from_der(der).ok()) {
            roots.entry(root.subject().canonical().into()).or_default().push(root);
        }
        roots
    })
}

/// The publicly trusted CA that a chain ends in, where one signed it; its signatures are checked, and its dates.
pub(crate) fn public_root(chain: &[Certificate], at: Time) -> Option<Arc<str>> {
    // Looking up names is cheap; hardly any chain of an estate gets beyond that.
    let named = chain.iter().filter_map(|certificate| roots().get(certificate.issuer().canonical())).flatten();
    let named: Vec<Certificate> = named.cloned().collect();
    if named.is_empty() {
        return None;
    }
    let store = TrustStore::from_certificates(named);
    let options = Options { profile: Profile::Webpki, ..Options::at(at) };
    let accepting = Verifier::new(&store).accepting_anchors(chain, &options).ok()?;
    let anchor = store.anchor(*accepting.anchors.first()?)?;
    Some(short_name(&brief(anchor.certificate.subject())).into())
}

/// Names the publicly trusted CA that a refused chain ends in, where the nearest miss is that the store lacks it, and says what that
/// means instead of an advice to add it.
pub(super) fn note(verdict: &mut Verdict, chain: &[Certificate]) {
    let Some(nearest) = verdict.rejections.first() else { return };
    if !LACKS_ANCHOR.contains(&nearest.reason.code()) {
        return;
    }
    verdict.public_ca = public_root(chain, verdict.at);
    if let Some(ca) = &verdict.public_ca {
        verdict.change = Some(format!(
            "perhaps nothing: the chain ends in {ca}, a publicly trusted CA (Mozilla's list), and VMware's article on trust between \
             vCenters says that such certificates need no action; this store does not hold it, so that is not verified. If the \
             connection fails all the same, add that CA to the store"
        ));
    }
}

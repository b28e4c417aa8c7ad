//! Chains that end in a publicly trusted CA. The article on mutual trust says of such that nothing has to be done; no store of the
//! estate proves it, so the answer is "not known", with that CA named.

use std::sync::{Arc, OnceLock};

use hashbrown::HashMap;
use webpki_root_certs::TLS_SERVER_ROOT_CERTS;

use crate::cert::{Certificate, short_name};
use crate::path::{Options, Profile, Verifier};
use crate::store::TrustStore;
use crate::text::brief;
use crate::time::Time;

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
pub(super) fn public_root(chain: &[Certificate], at: Time) -> Option<Arc<str>> {
    // Looking up names is cheap; hardly any chain of an estate gets beyond that.
    let named = chain.iter().filter_map(|certificate| roots().get(certificate.issuer().canonical())).flatten();
    let named: Vec<Certificate> = named.cloned().collect();
    if named.is_empty() {
        return None;
    }
    let store = TrustStore::from_certificates(named);
    let verdict =
        Verifier::new(&store).explain(chain, &Options { profile: Profile::Webpki, ..Options::at(at) }).ok()?;
    let anchor = verdict.path.last()?;
    Some(short_name(&brief(anchor.certificate.subject())).into())
}

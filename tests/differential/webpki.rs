//! rustls-webpki with ring as a validator to compare with.

use std::time::Duration;

use rustls_pki_types::{CertificateDer, ServerName, TrustAnchor, UnixTime};
use webpki::{
    BorrowedCertRevocationList, CertRevocationList, EndEntityCert, Error, ExpirationPolicy, ExtendedKeyUsageValidator,
    KeyPurposeIdIter, KeyUsage, RevocationOptionsBuilder, anchor_from_trusted_cert,
};

use super::case::{Case, Purpose};

/// Whether rustls-webpki accepts `case`, and its reason when not.
///
/// An anchor that does not parse is left out. With revocation lists every certificate must have one in force.
pub fn webpki_accepts(case: &Case) -> (bool, String) {
    match verify(case) {
        Ok(()) => (true, String::new()),
        Err(reason) => (false, reason),
    }
}

fn verify(case: &Case) -> Result<(), String> {
    let text = |error: Error| format!("{error:?}");
    let ders: Vec<CertificateDer<'_>> = case.chain.iter().map(|der| CertificateDer::from(der.as_slice())).collect();
    let stored: Vec<CertificateDer<'_>> = case.anchors.iter().map(|der| CertificateDer::from(der.as_slice())).collect();
    let anchors: Vec<TrustAnchor<'_>> = stored.iter().filter_map(|der| anchor_from_trusted_cert(der).ok()).collect();
    let (first, others) = ders.split_first().ok_or("nothing was presented")?;
    let end_entity = EndEntityCert::try_from(first).map_err(text)?;
    let seconds = u64::try_from(case.at).map_err(|error| error.to_string())?;
    let at = UnixTime::since_unix_epoch(Duration::from_secs(seconds));
    let algorithms = webpki::ALL_VERIFICATION_ALGS;
    let usage = Usage(case.purpose);
    let lists: Result<Vec<CertRevocationList<'_>>, Error> =
        case.crls.iter().map(|der| BorrowedCertRevocationList::from_der(der).map(CertRevocationList::from)).collect();
    let lists = lists.map_err(text)?;
    let lists: Vec<&CertRevocationList<'_>> = lists.iter().collect();
    // Without lists the builder fails, and nothing is checked.
    let revocation = RevocationOptionsBuilder::new(&lists).ok();
    let revocation = revocation.map(|builder| builder.with_expiration_policy(ExpirationPolicy::Enforce).build());
    end_entity.verify_for_usage(algorithms, &anchors, others, at, usage, revocation, None).map_err(text)?;
    let Some(host) = &case.host else { return Ok(()) };
    let name = ServerName::try_from(host.as_str()).map_err(|error| error.to_string())?;
    end_entity.verify_is_valid_for_subject_name(&name).map_err(text)
}

struct Usage(Purpose);

impl ExtendedKeyUsageValidator for Usage {
    fn validate(&self, purposes: KeyPurposeIdIter<'_, '_>) -> Result<(), Error> {
        match self.0 {
            Purpose::Server => KeyUsage::server_auth().validate(purposes),
            Purpose::Client => KeyUsage::client_auth().validate(purposes),
            Purpose::Any => Ok(()),
        }
    }
}

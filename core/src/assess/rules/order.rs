//! Presented chains whose first certificate is a CA: then everything said of them is said of the wrong certificate.

use crate::catalogue::FindingId;
use crate::cert::Certificate;
use crate::estate::{Part, PresentedChain, Resolved};
use crate::finding::{Evidence, Finding, Findings, Subject};
use crate::text::brief;

/// Looks at every chain that a vCenter, SPS or a host presents.
pub(crate) fn judge(resolved: &Resolved<'_>, findings: &mut Findings) {
    for vcenter in &resolved.estate.vcenters {
        let own = |part| Subject::vcenter(&vcenter.name).part(part);
        look(resolved, vcenter.machine_ssl.as_ref(), own(Part::MachineSsl), findings);
        let extension = vcenter.sms.as_ref().and_then(|sms| sms.sps_extension.as_ref());
        look(resolved, extension, own(Part::SpsExtension), findings);
        for host in &vcenter.hosts {
            let own = |part| Subject::host(&vcenter.name, &host.name).part(part);
            look(resolved, host.https.as_ref(), own(Part::Https), findings);
            look(resolved, host.iofilter.as_ref(), own(Part::Iofilter), findings);
        }
    }
}

/// A CA alone may be a server's own self-signed certificate; a CA before the certificate of a server is none.
fn look(resolved: &Resolved<'_>, chain: Option<&PresentedChain>, subject: Subject, findings: &mut Findings) {
    let Some(chain) = chain.filter(|chain| chain.certificates.len() > 1) else { return };
    let certificates = resolved.chain(chain);
    let Some(first) = certificates.first().filter(|first| first.is_ca()) else { return };
    let is_end_entity = |other: &&Certificate| !other.is_ca() && !other.is_self_issued();
    let Some(other) = certificates.iter().find(is_end_entity) else { return };
    let message = format!(
        "the chain begins with the CA `{}`, and `{}` after it is not a CA",
        brief(first.subject()),
        brief(other.subject())
    );
    let evidence = Evidence { certificates: vec![first.into(), other.into()], ..Evidence::default() };
    findings.add(Finding::new(FindingId::ChainBeginsWithCa, subject.at(chain.place.clone()), message).with(evidence));
}

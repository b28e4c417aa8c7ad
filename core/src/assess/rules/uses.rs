//! What it means that a certificate ends, by what it is used for.

use super::expiry_state::ExpiryState;
use crate::catalogue::FindingId;
use crate::estate::Part;
use crate::finding::Subject;

/// Uses of which something else is to be said than of a server's certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Use {
    /// A server shows it.
    Server,
    /// A service of vCenter logs in with it.
    SolutionUser,
    /// STS signs its tokens with it.
    Sts,
    /// A tool has kept it; nothing uses it.
    Backup,
}

/// The backup store of the HTML client, which the catalogue's remedy does not name.
const H5C: &str = "BACKUP_STORE_H5C";

impl Use {
    pub(super) const fn of(part: Part) -> Self {
        match part {
            Part::SolutionUser => Self::SolutionUser,
            Part::Sts => Self::Sts,
            Part::BackupStore => Self::Backup,
            Part::MachineSsl
            | Part::TrustedRoots
            | Part::VmcaRoot
            | Part::SmsSelfSigned
            | Part::SpsExtension
            | Part::SmsOther
            | Part::Https
            | Part::Iofilter
            | Part::Castore
            | Part::Provider
            | Part::DataEncipherment
            | Part::Vmdir
            | Part::OtherStore => Self::Server,
        }
    }

    /// What is reported of a certificate in this state.
    pub(super) const fn finding(self, state: ExpiryState) -> Option<FindingId> {
        Some(match (self, state) {
            (_, ExpiryState::Good) => return None,
            (Self::Backup, ExpiryState::Expired | ExpiryState::Hard) => FindingId::BackupExpires,
            // Nothing uses it: only the alarm at its end is worth a word.
            (Self::Backup, ExpiryState::Soft | ExpiryState::NotYetValid) => return None,
            (_, ExpiryState::Expired) => FindingId::CertificateExpired,
            (_, ExpiryState::NotYetValid) => FindingId::CertificateNotYetValid,
            (_, ExpiryState::Hard) => FindingId::CertificateExpiresHard,
            (_, ExpiryState::Soft) => FindingId::CertificateExpiresSoft,
        })
    }

    /// What follows, to be put behind the sentence that says when it ends.
    pub(super) const fn consequence(self, state: ExpiryState) -> &'static str {
        match (self, state) {
            (Self::Server, _) | (_, ExpiryState::NotYetValid | ExpiryState::Good) => "",
            (Self::SolutionUser, ExpiryState::Expired) => ": the service that logs in with it no longer can",
            (Self::SolutionUser, ExpiryState::Hard | ExpiryState::Soft) => {
                ": from then on the service that logs in with it no longer can"
            }
            (Self::Sts, ExpiryState::Expired) => ": STS signs tokens with it, so nobody can log in to vCenter",
            (Self::Sts, ExpiryState::Hard | ExpiryState::Soft) => {
                ": STS signs tokens with it, so from then on nobody can log in to vCenter"
            }
            (Self::Backup, _) => ": nothing uses it, but vCenter raises its certificate alarm for it",
        }
    }

    /// How to delete an entry that nothing uses, where the catalogue's remedy names another store.
    pub(super) fn delete(self, subject: &Subject) -> Option<String> {
        let store = subject.place.as_ref().filter(|_| self == Self::Backup)?.store.as_deref()?;
        store.eq_ignore_ascii_case(H5C).then(|| {
            format!("Make sure that the certificate in use is good, then delete the entry (vecs-cli entry delete --store {H5C} --alias ALIAS).")
        })
    }

    /// What to do, where that is not what the catalogue says.
    pub(super) const fn remedy(self) -> Option<&'static str> {
        match self {
            Self::Server | Self::Backup => None,
            Self::SolutionUser => Some(
                "Renew the solution user certificates (vCert, or certificate-manager), then restart the services of vCenter.",
            ),
            Self::Sts => Some(
                "Replace the STS signing certificate (vCert, or fixsts.sh of KB 316619), then restart the services of every vCenter of the SSO domain.",
            ),
        }
    }
}

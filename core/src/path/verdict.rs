//! What one consumer would decide about one presented chain.

use std::sync::Arc;

use serde::Serialize;
use serde::ser::{SerializeStruct, Serializer};

use super::rejection::{CertificateFacts, Origin, Rejection};
use super::{Profile, Purpose, Trust};
use crate::cert::{Certificate, readable};
use crate::store::Unreadable;
use crate::time::Time;

/// A path, or all the reasons why there is none.
///
/// Serialises as `{trusted, state, profile, purpose, at, certificate, path, rejections, change, public_ca, missing, unread, reason}`.
#[derive(Debug, Clone)]
pub struct Verdict {
    /// The certificate that was asked about: the end-entity certificate, whether a path was found or not.
    pub certificate: Certificate,
    /// Whose rules were applied.
    pub profile: Profile,
    /// The requested purpose.
    pub purpose: Purpose,
    /// The verification time.
    pub at: Time,
    /// The accepted path, end-entity first, anchor last; empty when untrusted. An end-entity certificate that is
    /// itself the anchor is a path of one.
    pub path: Vec<PathCertificate>,
    /// The rules that were broken, nearest miss first; empty unless the chain is untrusted. A hundred at most, and the
    /// last then says how many more there are.
    pub rejections: Vec<Rejection>,
    /// The one change that would make the chain trusted, when one is enough.
    pub change: Option<String>,
    /// The publicly trusted CA (Mozilla's list) that a refused chain ends in, where all it lacks is that CA in the store.
    pub public_ca: Option<Arc<str>>,
    /// What would have to be known for an answer: entries of the store that are only printed, and parts of store or chain that
    /// could not be read, may be what the path needs. Empty unless the state is unknown.
    pub missing: Vec<String>,
    /// What of the presented chain was not read, each with its place: a private key beside it, a damaged block.
    pub unread: Vec<Unreadable>,
}

/// One certificate of an accepted path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathCertificate {
    /// The certificate.
    pub certificate: Certificate,
    /// Where it came from.
    pub origin: Origin,
}

impl PathCertificate {
    /// Enough of it to find it again, as in reports.
    #[must_use]
    pub fn facts(&self) -> CertificateFacts {
        CertificateFacts::new(&self.certificate, self.origin.clone())
    }
}

impl Verdict {
    /// Whether a path was found.
    #[must_use]
    pub fn trusted(&self) -> bool {
        !self.path.is_empty()
    }

    /// The answer. It is unknown if no path was found and the store or the chain has parts that could not be examined.
    #[must_use]
    pub fn state(&self) -> Trust {
        match (self.trusted(), self.missing.is_empty()) {
            (true, _) => Trust::Trusted,
            (false, true) => Trust::Untrusted,
            (false, false) => Trust::Unknown,
        }
    }

    /// In one sentence where the path ends, what the nearest miss is, or what must be known.
    #[must_use]
    pub fn reason(&self) -> String {
        match (self.path.last(), self.rejections.first()) {
            (Some(anchor), _) => format!("trusted by {}", anchor.facts().short_name),
            (None, Some(nearest)) => readable(&nearest.message(), []),
            (None, None) => readable(&self.missing.join("; "), []),
        }
    }
}

impl Serialize for Verdict {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let path: Vec<CertificateFacts> = self.path.iter().map(PathCertificate::facts).collect();
        let mut out = serializer.serialize_struct("Verdict", 13)?;
        out.serialize_field("trusted", &self.trusted())?;
        out.serialize_field("state", &self.state())?;
        out.serialize_field("profile", &self.profile)?;
        out.serialize_field("purpose", &self.purpose)?;
        out.serialize_field("at", &self.at)?;
        out.serialize_field("certificate", &CertificateFacts::new(&self.certificate, Origin::Presented(0)))?;
        out.serialize_field("path", &path)?;
        out.serialize_field("rejections", &self.rejections)?;
        out.serialize_field("change", &self.change)?;
        out.serialize_field("public_ca", &self.public_ca)?;
        out.serialize_field("missing", &self.missing)?;
        out.serialize_field("unread", &self.unread)?;
        out.serialize_field("reason", &self.reason())?;
        out.end()
    }
}

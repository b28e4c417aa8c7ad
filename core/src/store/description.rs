//! All that a store or an input holds, in a form for JSON: what bindings hand out in one piece.

use serde::Serialize;

use super::{BareEntry, DumpedEntry, Found, LintIssue, Place, Reading, TrustStore, Unreadable, lint};
use crate::cert::{Certificate, CertificateFields, Crl, CrlFields};
use crate::time::Time;

/// What an input or a store holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct StoreDescription {
    /// The anchors of a store; of an input all its certificates, copies included.
    pub certificates: Vec<DescribedCertificate>,
    /// CRLs that were read with them.
    pub crls: Vec<DescribedCrl>,
    /// Certificates of VECS stores other than the requested one. They are not anchors.
    pub set_aside: Vec<DescribedCertificate>,
    /// Entries known only from a printed dump.
    pub dumped: Vec<DescribedDump>,
    /// Entries of VECS without a certificate.
    pub without_certificate: Vec<BareEntry>,
    /// What could not be read.
    pub unreadable: Vec<Unreadable>,
    /// What is wrong with the store by itself; left out unless a time was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lint: Option<Vec<LintIssue>>,
}

/// A certificate, where it was found, and its text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct DescribedCertificate {
    /// Where it was read.
    pub place: Place,
    /// Its fields.
    #[serde(flatten)]
    pub fields: CertificateFields,
    /// The certificate as PEM text.
    pub pem: String,
}

/// A CRL and where it was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct DescribedCrl {
    /// Where it was read.
    pub place: Place,
    /// Its fields.
    #[serde(flatten)]
    pub fields: CrlFields,
}

/// A printed entry and where it was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct DescribedDump {
    /// Where it was read.
    pub place: Place,
    /// What was printed.
    #[serde(flatten)]
    pub entry: DumpedEntry,
}

impl StoreDescription {
    /// What a reader found.
    #[must_use]
    pub fn of_reading(reading: &Reading) -> Self {
        Self {
            certificates: described(&reading.certificates),
            crls: described(&reading.crls),
            set_aside: Vec::new(),
            dumped: described(&reading.dumped),
            without_certificate: reading.without_certificate.clone(),
            unreadable: reading.unreadable.clone(),
            lint: None,
        }
    }
}

impl TrustStore {
    /// All that the store holds, and with a time what is wrong with it then.
    #[must_use]
    pub fn describe(&self, at: Option<Time>) -> StoreDescription {
        let anchors = self.anchors().iter();
        StoreDescription {
            certificates: anchors.map(|anchor| certificate(&anchor.certificate, &anchor.place)).collect(),
            crls: described(self.crls()),
            set_aside: described(self.set_aside()),
            dumped: described(self.dumped()),
            without_certificate: self.without_certificate().to_vec(),
            unreadable: self.unreadable().to_vec(),
            lint: at.map(|at| lint(self, at)),
        }
    }
}

impl From<&Found<Certificate>> for DescribedCertificate {
    fn from(found: &Found<Certificate>) -> Self {
        certificate(&found.value, &found.place)
    }
}

impl From<&Found<Crl>> for DescribedCrl {
    fn from(found: &Found<Crl>) -> Self {
        Self { place: found.place.clone(), fields: found.value.fields() }
    }
}

impl From<&Found<DumpedEntry>> for DescribedDump {
    fn from(found: &Found<DumpedEntry>) -> Self {
        Self { place: found.place.clone(), entry: found.value.clone() }
    }
}

fn certificate(certificate: &Certificate, place: &Place) -> DescribedCertificate {
    DescribedCertificate { place: place.clone(), fields: certificate.fields(), pem: certificate.to_pem() }
}

fn described<'f, T: 'f, D: From<&'f Found<T>>>(found: &'f [Found<T>]) -> Vec<D> {
    found.iter().map(D::from).collect()
}

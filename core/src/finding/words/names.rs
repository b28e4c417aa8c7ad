//! Short names of certificates that no other certificate of a report has.

use hashbrown::{HashMap, HashSet};

use crate::finding::CertificateRecord;

/// How many bytes of a digest tell two certificates of one subject apart.
const TELLING: usize = 4;

/// The certificates of a report by their short names.
pub(crate) struct ShortNames<'r> {
    /// The subjects and digests that have each short name.
    sharing: HashMap<String, Vec<&'r CertificateRecord>>,
}

impl<'r> ShortNames<'r> {
    pub(crate) fn of(records: impl Iterator<Item = &'r CertificateRecord>) -> Self {
        let mut sharing: HashMap<String, Vec<&CertificateRecord>> = HashMap::new();
        let mut seen = HashSet::new();
        for record in records.filter(|record| seen.insert((record.sha1, record.called()))) {
            sharing.entry(record.short_name()).or_default().push(record);
        }
        Self { sharing }
    }

    /// The telling part of a subject where it is this certificate's alone; the whole subject where others have that part, and a
    /// part of the digest where they have the subject, too.
    pub(crate) fn of_record(&self, record: &CertificateRecord) -> String {
        let short = record.short_name();
        let Some(others) = self.sharing.get(&short).filter(|others| others.len() > 1) else { return short };
        let name = if self.is_ambiguous(record) { record.called().to_owned() } else { short };
        let same = others.iter().filter(|other| other.called() == record.called()).count();
        match record.sha1.filter(|_| same > 1) {
            Some(sha1) => {
                let digest = sha1.with_colons();
                format!("{name} ({})", digest.get(..3 * TELLING - 1).unwrap_or(&digest))
            }
            None => name,
        }
    }

    /// Whether another subject has the same telling part.
    fn is_ambiguous(&self, record: &CertificateRecord) -> bool {
        let others = self.sharing.get(&record.short_name());
        others.into_iter().flatten().any(|other| other.called() != record.called())
    }

    /// The subjects that no sentence may shorten.
    pub(crate) fn ambiguous(&self) -> HashSet<&'r str> {
        let shared =
            self.sharing.values().filter(|records| records.iter().any(|one| one.called() != records[0].called()));
        shared.flatten().map(|record| record.called()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{DumpedEntry, Found, Place};

    fn record(subject: &str, sha1: &str) -> CertificateRecord {
        let value =
            DumpedEntry { subject: Some(subject.to_owned()), sha1: sha1.parse().ok(), ..DumpedEntry::default() };
        CertificateRecord::from(&Found { value, place: Place::default() })
    }

    #[test]
    fn no_two_certificates_have_one_short_name() {
        let (one, other) = ("11".repeat(20), "22".repeat(20));
        let records = [
            record("CN=CA, DC=vsphere, O=vc01", &one),
            record("CN=CA, DC=vsphere, O=vc01", &other),
            record("CN=Root, O=A", &one),
            record("CN=Root, O=B", &other),
            record("CN=alone", &one),
        ];
        let names = ShortNames::of(records.iter());
        let shown: Vec<String> = records.iter().map(|record| names.of_record(record)).collect();
        let wanted =
            ["VMCA of vc01 (11:11:11:11)", "VMCA of vc01 (22:22:22:22)", "CN=Root, O=A", "CN=Root, O=B", "alone"];
        assert_eq!(shown, wanted);
        assert_eq!(names.ambiguous(), HashSet::from_iter(["CN=Root, O=A", "CN=Root, O=B"]));
    }
}

//! Files of an estate of which nothing could be read: a store that is joined with one is not whole, and a report about one vCenter
//! tells what that leaves open.

use vitrust::Estate;
use vitrust::assess::{AssessOptions, Report, Trust, assess};
use vitrust::catalogue::{FindingId, Severity};
use vitrust::estate::EstateReader;
use vitrust::report::{Canvas, View, render};
use vitrust_factory::{Cert, Key};

use crate::lab::{at, root, server};

/// What a command wrote instead of a listing.
const FAILURES: [&str; 6] = [
    "bash: /usr/lib/vmware-vmafd/bin/vecs-cli: Permission denied\n",
    "vecs-cli failed. Error 5: Possible errors: \nLDAP error: Other\nWin Error: ERROR_ACCESS_DENIED (5)\n",
    "<!DOCTYPE html><html><title>Login</title></html>\n",
    "",
    "cat: castore.pem: No such file or directory\n",
    "lorem ipsum\n",
];

/// Two vCenters that do not trust each other; of `more` of the first nothing can be read.
fn estate(more: &str, failed: &str) -> Estate {
    let (one, two) = (root("one", 1), root("two", 2));
    let mut reader = EstateReader::new("lab");
    let host = Cert::end_entity("CN=esx1.lab").key(Key::p256(3)).dns("esx1.lab").issued_by(&two);
    reader.add("vc1/trusted-roots.pem", one.pem().as_bytes());
    reader.add("vc1/machine-ssl.pem", server("vc1.lab", 4, &two).pem().as_bytes());
    reader.add("vc1/hosts/esx1.lab/443.pem", host.pem().as_bytes());
    reader.add("vc1/hosts/esx1.lab/castore.pem", one.pem().as_bytes());
    reader.add(more, failed.as_bytes());
    reader.add("vc2/trusted-roots.pem", two.pem().as_bytes());
    reader.add("vc2/machine-ssl.pem", server("vc2.lab", 5, &two).pem().as_bytes());
    reader.finish()
}

fn report(estate: &Estate, only: &[&str]) -> Report {
    let vcenters = only.iter().map(|name| (*name).into()).collect();
    assess(estate, &AssessOptions { vcenters, ..AssessOptions::at(at()) })
}

fn unread(report: &Report) -> Option<&str> {
    let finding = report.findings.iter().find(|finding| finding.id == FindingId::Unreadable);
    finding.map(|finding| finding.place.as_str())
}

#[test]
fn a_store_that_is_joined_with_a_file_that_failed_is_not_whole() {
    for failed in FAILURES {
        let file = "vc1/trusted-roots.txt";
        let estate = estate(file, failed);
        let roots = estate.vcenters[0].trusted_roots.as_ref().expect("a store");
        assert_eq!((roots.certificates.len(), roots.unreadable.len(), estate.unreadable.len()), (1, 1, 0), "{failed}");
        let report = report(&estate, &[]);
        for to in ["vc1", "vc2"] {
            assert_eq!(report.matrix.trusts("vc1", to), Some(Trust::Unknown), "{failed}");
        }
        assert!(report.additions.rows.is_empty(), "{failed}");
        let of_roots = |finding: &&vitrust::finding::Finding| finding.id == FindingId::VcenterRefusesHost;
        assert!(!report.findings.iter().any(|finding| of_roots(&finding)), "{failed}");
        assert!(unread(&report).is_some_and(|place| place.contains(file)), "{failed}: {:?}", unread(&report));
    }
    for failed in FAILURES {
        let file = "vc1/hosts/esx1.lab.castore.txt";
        let report = report(&estate(file, failed), &[]);
        assert!(!report.findings.iter().any(|finding| finding.id == FindingId::HostRefusesVcenter), "{failed}");
        assert!(unread(&report).is_some_and(|place| place.contains(file)), "{failed}: {:?}", unread(&report));
    }
    // Without the file that failed the same links are refused.
    let whole = report(&estate("vc1/readme.txt", "x"), &[]);
    assert_eq!(whole.matrix.trusts("vc1", "vc2"), Some(Trust::Untrusted));
    assert!(whole.findings.iter().any(|finding| finding.severity == Severity::Critical));
}

#[test]
fn who_may_not_trust_a_vcenter_counts_in_a_report_about_it() {
    for failed in FAILURES {
        let estate = estate("vc1/trusted-roots.txt", failed);
        let report = report(&estate, &["vc2"]);
        assert!(report.judged.outcomes.audit.unknown && report.judged.outcomes.matrix.unknown, "{failed}");
        assert_eq!((report.judged.unknown, report.judged.outcomes.matrix.worst), (1, None), "{failed}");
        let page = |view| render(&report.to_json(), view, &Canvas::new(100, false, true)).expect("a page");
        for view in [View::Audit, View::Matrix] {
            let page = page(view);
            assert!(
                page.contains("  ? vc2 trusts every vCenter\n  ? vc2 may or may not be trusted by vc1\n"),
                "{page}"
            );
            assert!(page.contains("? 1 link not known without 1 entry of TRUSTED_ROOTS of vc1"), "{page}");
        }
        // The file is one of the other vCenter.
        assert_eq!((unread(&report), report.judged.unread), (None, 0), "{failed}");
    }
    let refused = report(&estate("vc1/readme.txt", "x"), &["vc2"]);
    assert_eq!(refused.judged.outcomes.matrix.worst, Some(Severity::High));
    let page = render(&refused.to_json(), View::Matrix, &Canvas::new(100, false, true)).expect("a page");
    assert!(page.contains("  ✗ vc2 is not trusted by vc1\n"), "{page}");
}

#[test]
fn a_file_in_the_folder_of_a_vcenter_is_told_of_that_vcenter() {
    let estate = estate("vc1/vmca-root.pem", "permission denied\n");
    assert_eq!(estate.unreadable.len(), 1);
    assert_eq!(unread(&report(&estate, &["vc2"])), None);
    assert!(unread(&report(&estate, &["vc1"])).is_some_and(|place| place.contains("vc1/vmca-root.pem")));
}

//! What each fuzz target does with its input; the suite replays seeds and regressions through the same functions.
//!
//! No input may panic, hang or break what a function promises. A broken promise panics here, as a fuzz target must.

#[path = "abi.rs"]
mod caller;

use vitrust::assess::{AssessOptions, assess};
use vitrust::estate::EstateReader;
use vitrust::net::fuzzing;
use vitrust::path::{Revocation, ServerName};
use vitrust::report::{Canvas, View, render};
use vitrust::store::{Shape, read, read_shape};
use vitrust::{Certificate, Crl, Estate, Options, Pool, Profile, Purpose, Time, TrustStore, Verifier, pem};

/// The name of a target and what it does.
pub(crate) type Entry = (&'static str, fn(&[u8]));

/// Every target.
pub(crate) const ENTRIES: [Entry; 22] = [
    ("pem", pem),
    ("certificate", certificate),
    ("crl", crl),
    ("store", store),
    ("pkcs7", pkcs7),
    ("vecs_list", vecs_list),
    ("vecs_dump", vecs_dump),
    ("store_loop", store_loop),
    ("dir_cli", dir_cli),
    ("zip", zip),
    ("rest", rest),
    ("powercli_json", powercli_json),
    ("powercli_csv", powercli_csv),
    ("estate_json", estate_json),
    ("estate_folder", estate_folder),
    ("verify", verify),
    ("xml", xml),
    ("soap", soap),
    ("rest_api", rest_api),
    ("inventory", inventory),
    ("abi", abi),
    ("report", report),
];

/// 2026-06-01T00:00:00Z, when the factory's certificates are valid.
fn at() -> Time {
    Time::from_unix(1_780_272_000)
}

/// The JSON of a report, drawn in every view: a page on which nothing acts on a terminal, or an error.
pub(crate) fn report(input: &[u8]) {
    let Ok(json) = std::str::from_utf8(input) else { return };
    for (name, view) in View::ALL {
        for is_unicode in [true, false] {
            let Ok(page) = render(json, view, &Canvas::new(40, false, is_unicode)) else { continue };
            let odd = page.chars().find(|character| *character != '\n' && vitrust::text::is_active(*character));
            assert_eq!(odd, None, "{name}");
            assert!(is_unicode || page.is_ascii(), "{name}");
        }
    }
}

/// PEM text. A body that decodes is the same after writing and reading it again; lines never go back.
pub(crate) fn pem(input: &[u8]) {
    let mut last = 0;
    for section in pem::sections(input) {
        let line = section.as_ref().map_or_else(|error| error.line(), |section| section.line);
        assert!(line >= last, "line {line} comes after line {last}");
        last = line;
        let Ok(der) = section.and_then(|section| section.decode()) else { continue };
        let text = pem::encode("CERTIFICATE", &der);
        let again: Vec<_> = pem::sections(text.as_bytes()).map(|section| section.and_then(|s| s.decode())).collect();
        assert_eq!(again, [Ok(der)]);
    }
}

/// One certificate in DER.
pub(crate) fn certificate(input: &[u8]) {
    let Ok(certificate) = Certificate::from_der(input) else { return };
    assert_eq!(certificate.der(), input);
    assert_eq!(Certificate::from_pem(certificate.to_pem().as_bytes()).as_ref(), Ok(&certificate));
    let _ = format!("{certificate:?} {} {}", certificate.issuer(), certificate.sha1());
    judge(
        std::slice::from_ref(&certificate),
        &TrustStore::from_certificates([certificate.clone()]),
        &[],
        Profile::Strict,
    );
}

/// One CRL in DER.
pub(crate) fn crl(input: &[u8]) {
    let Ok(crl) = Crl::from_der(input) else { return };
    assert_eq!(crl.der(), input);
    let _ = format!("{crl:?} {:?}", crl.entry(&[1], crl.issuer()));
}

/// Any shape of store, told by its content.
pub(crate) fn store(input: &[u8]) {
    if let Ok(reading) = read(input, "input", &mut Pool::new()) {
        finish(reading);
    }
}

fn shape(input: &[u8], shape: Shape) {
    if let Ok(reading) = read_shape(input, "input", &mut Pool::new(), shape) {
        finish(reading);
    }
}

fn finish(reading: vitrust::store::Reading) {
    let found = reading.certificates.len();
    let store = TrustStore::from_reading(reading);
    // Certificates of other stores than TRUSTED_ROOTS, and rejected ones, are left out.
    assert!(store.len() + store.copies().len() <= found);
    let _ = format!("{:?}", store.lint(at()));
}

/// A PKCS#7 bag.
pub(crate) fn pkcs7(input: &[u8]) {
    shape(input, Shape::Pkcs7);
}

/// `vecs-cli entry list`.
pub(crate) fn vecs_list(input: &[u8]) {
    shape(input, Shape::VecsList);
}

/// `vecs-cli entry list --text`.
pub(crate) fn vecs_dump(input: &[u8]) {
    shape(input, Shape::VecsDump);
}

/// A loop over all stores.
pub(crate) fn store_loop(input: &[u8]) {
    shape(input, Shape::StoreLoop);
}

/// `dir-cli trustedcert list`.
pub(crate) fn dir_cli(input: &[u8]) {
    shape(input, Shape::DirCliList);
}

/// `certs/download.zip`.
pub(crate) fn zip(input: &[u8]) {
    shape(input, Shape::DownloadZip);
}

/// JSON of the REST API.
pub(crate) fn rest(input: &[u8]) {
    shape(input, Shape::TrustedRootChain);
}

/// `Get-VITrustedCertificate | ConvertTo-Json`.
pub(crate) fn powercli_json(input: &[u8]) {
    shape(input, Shape::PowerCliJson);
}

/// `Get-VITrustedCertificate | Export-Csv`.
pub(crate) fn powercli_csv(input: &[u8]) {
    shape(input, Shape::PowerCliCsv);
}

/// A whole estate as JSON. What was read is the same after writing and reading it again.
pub(crate) fn estate_json(input: &[u8]) {
    let Ok(estate) = Estate::from_json(input) else { return };
    assert_eq!(Estate::from_json(estate.to_json().as_bytes()).as_ref(), Ok(&estate));
    let _ = assess(&estate, &AssessOptions::at(at())).to_json();
}

/// A folder of files: a line `== PATH`, then the file's bytes up to the next such line.
pub(crate) fn estate_folder(input: &[u8]) {
    let mut reader = EstateReader::new("top");
    let mut rest = input;
    while let Some(after) = rest.strip_prefix(b"== ") {
        let line = after.iter().position(|byte| *byte == b'\n').unwrap_or(after.len());
        let content = after.get(line + 1..).unwrap_or_default();
        let end = content.windows(4).position(|window| window == b"\n== ").map_or(content.len(), |found| found + 1);
        let path = String::from_utf8_lossy(&after[..line]);
        if path.contains('/') {
            reader.add(&path, &content[..end])
        } else {
            reader.add_alone(&path, &content[..end])
        }
        rest = &content[end..];
    }
    let estate = reader.finish();
    let _ = assess(&estate, &AssessOptions::at(at())).to_json();
}

/// A question: certificates and CRLs, each behind a byte that says what it is to be and two bytes of length.
///
/// 0 is presented, 1 an anchor, 2 a CRL; the first byte of all picks profile and purpose.
pub(crate) fn verify(input: &[u8]) {
    let Some((choice, mut rest)) = input.split_first() else { return };
    let (mut chain, mut anchors, mut crls) = (Vec::new(), Vec::new(), Vec::new());
    while let [role, high, low, after @ ..] = rest {
        let length = usize::from(u16::from_be_bytes([*high, *low])).min(after.len());
        let (der, next) = after.split_at(length);
        match role % 3 {
            0 => chain.extend(Certificate::from_der(der)),
            1 => anchors.extend(Certificate::from_der(der)),
            _ => crls.extend(Crl::from_der(der)),
        }
        rest = next;
    }
    let profile = Profile::ALL[usize::from(*choice) % Profile::ALL.len()];
    judge(&chain, &TrustStore::from_certificates(anchors), &crls, profile);
}

/// A document of XML as SOAP services answer.
pub(crate) fn xml(input: &[u8]) {
    let _ = fuzzing::xml(input);
}

/// Answers of SOAP services: a byte that picks the operation, one for status and envelope, and the answer.
pub(crate) fn soap(input: &[u8]) {
    strange(input, |name| !name.contains('-') && !name.starts_with("POST") && !name.ends_with(".zip"));
}

/// Answers of the REST API, in the same form.
pub(crate) fn rest_api(input: &[u8]) {
    strange(input, |name| name.contains('-') || name.starts_with("POST") || name.ends_with(".zip"));
}

/// A whole session with one kind of strange answers. The password is never among what comes of it.
fn strange(input: &[u8], wanted: fn(&str) -> bool) {
    let [choice, how, body @ ..] = input else { return };
    let operations: Vec<&str> = fuzzing::ANSWERS.iter().map(|(name, _)| *name).filter(|name| wanted(name)).collect();
    let operation = operations[usize::from(*choice) % operations.len()];
    let status = [200, 200, 500, 401, 403, 404, 503, 204][usize::from(how >> 1) % 8];
    let shown = fuzzing::session(operation, status, body, how & 1 == 1);
    assert!(!shown.contains(fuzzing::PASSWORD), "{shown}");
}

/// An inventory. What it says of passwords stays inside.
pub(crate) fn inventory(input: &[u8]) {
    let shown = format!("{:?}", fuzzing::inventory(input));
    assert!(!shown.contains(fuzzing::PASSWORD), "{shown}");
}

/// Calls of the C functions in any order, with any arguments.
pub(crate) fn abi(input: &[u8]) {
    caller::run(input);
}

/// The three forms of a question agree, a path ends in the store, and a refusal has a reason.
fn judge(chain: &[Certificate], store: &TrustStore, crls: &[Crl], profile: Profile) {
    for (purpose, name, revocation) in [
        (Purpose::Server, "vc01.lab.example".parse::<ServerName>().ok(), Revocation::IfPresent),
        (Purpose::Any, None, Revocation::Required),
        (Purpose::Ca, None, Revocation::IfPresent),
    ] {
        let options = Options { profile, purpose, name, crls, revocation, ..Options::at(at()) };
        let verifier = Verifier::new(store);
        let Ok(verdict) = verifier.explain(chain, &options) else { return };
        assert_eq!(verdict.trusted(), verdict.rejections.is_empty(), "{verdict:?}");
        assert_eq!(verifier.trusts(chain, &options), Ok(verdict.trusted()));
        if let Some(last) = verdict.path.last() {
            assert!(store.contains(&last.certificate));
            assert_eq!(Some(&verdict.path[0].certificate), chain.first());
        }
        assert!(serde_json::to_string(&verdict).is_ok());
    }
}

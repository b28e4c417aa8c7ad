//! What every reader may cost: memory by the byte of its input, and time that grows as its input does.
//!
//! The test `memory` counts bytes at three sizes; the bench `resources` looks at the clock too.

use vitrust::assess::{AssessOptions, assess};
use vitrust::net::fuzzing::{enveloped, scripted, session};
use vitrust::store::{Shape, read_shape};
use vitrust::{Estate, Pool, Time};
use vitrust_factory::{AT, Cert, Crl, Key, asn1, oid};

/// A reader with one kind of input.
pub struct Reader {
    /// What it reads.
    pub name: &'static str,
    /// Bytes of memory for each byte of input, beyond the input: no more than this.
    pub factor: usize,
    /// The largest of the three sizes that costs are fitted over, in bytes.
    pub largest: usize,
    /// Makes an input of about this many bytes.
    pub make: fn(usize) -> Vec<u8>,
    /// Reads it to the end; what comes of it is dropped.
    pub run: fn(&[u8]),
}

impl Reader {
    /// The sizes that costs are fitted over, in bytes.
    #[must_use]
    pub fn sizes(&self) -> [usize; 3] {
        [self.largest / 4, self.largest / 2, self.largest]
    }

    /// How memory grows with the input: the bytes for each byte more, from the first size to the last.
    #[must_use]
    pub fn slope(&self, peaks: [usize; 3]) -> f64 {
        let kilobytes = |bytes: usize| f64::from(u32::try_from(bytes >> 10).unwrap_or(u32::MAX));
        let [first, _, last] = self.sizes();
        kilobytes(peaks[2].saturating_sub(peaks[0])) / kilobytes(last - first)
    }
}

/// What may be there beside what grows, in bytes: tables, and the budgets that a short text has.
pub const FIXED: usize = 6 << 20;

/// The largest size of most readers.
const LARGE: usize = 4 << 20;

/// A little below the largest certificate.
const CERTIFICATE: usize = (1 << 20) - (4 << 10);

const fn of(name: &'static str, factor: usize, make: fn(usize) -> Vec<u8>, run: fn(&[u8])) -> Reader {
    Reader { name, factor, largest: LARGE, make, run }
}

const fn one(name: &'static str, factor: usize, make: fn(usize) -> Vec<u8>) -> Reader {
    Reader { name, factor, largest: CERTIFICATE, make, run: |der| shape(der, Shape::Der) }
}

/// Every reader.
pub const READERS: &[Reader] = &[
    one("certificate: names", 8, |size| with(oid::SUBJECT_ALT_NAME, &asn1::tlv(0x82, b"a"), size)),
    one("certificate: directory names", 8, |size| with(oid::SUBJECT_ALT_NAME, &directory(), size)),
    one("certificate: constraints", 8, |size| {
        let tree = asn1::sequence(&[asn1::tlv(0x82, b"a")]);
        with_value(oid::NAME_CONSTRAINTS, asn1::sequence(&[asn1::tlv(0xa1, &tree.repeat(size / tree.len()))]))
    }),
    one("certificate: distribution points", 8, |size| with(oid::CRL_DISTRIBUTION_POINTS, &point(), size)),
    one("certificate: policies", 10, |size| {
        let policy = |number: usize| asn1::sequence(&[asn1::oid(&format!("1.3.6.1.{number}"))]);
        with_value(oid::CERTIFICATE_POLICIES, asn1::sequence(&(0..size / 9).map(policy).collect::<Vec<_>>()))
    }),
    one("certificate: one value", 8, |size| with_value(oid::UNKNOWN, asn1::tlv(4, &vec![0; size]))),
    one("certificate: parts of a subject", 10, subject),
    of("CRL: entries", 8, entries, |der| shape(der, Shape::Der)),
    of(
        "CRL: one value",
        8,
        |size| list().extension(oid::UNKNOWN, false, asn1::tlv(4, &vec![0; size])).sign().der().to_vec(),
        |der| {
            shape(der, Shape::Der);
        },
    ),
    of("PEM", 4, pem, |text| shape(text, Shape::Pem)),
    of("vecs-cli entry list", 4, vecs, |text| shape(text, Shape::VecsList)),
    of("dir-cli list", 4, dir_cli, |text| shape(text, Shape::DirCliList)),
    of("PowerCLI JSON", 4, powercli, |text| shape(text, Shape::PowerCliJson)),
    of("PowerCLI CSV", 4, csv, |text| shape(text, Shape::PowerCliCsv)),
    of("trusted root chains", 4, chains, |text| shape(text, Shape::TrustedRootChain)),
    of("JSON of small values", 4, small, |text| shape(text, Shape::TrustedRootChain)),
    of("estate", 4, estate, |text| drop(Estate::from_json(text))),
    of("answer: hosts", 30, hosts, |body| answer("RetrievePropertiesEx", body)),
    of("answer: hosts with bytes", 4, bytes, |body| answer("RetrievePropertiesEx", body)),
    of("answer: certificates", 8, texts, |body| answer("ListCACertificates", body)),
    of("answer: settings", 30, settings, |body| answer("QueryOptions", body)),
    of("answer: providers", 8, provider, |body| answer("QueryProviderInfo", body)),
    of("answer: fault", 8, fault, |body| answer("Login", body)),
    of("answer: chain", 8, chain, |body| rest("trusted-root-chains/A", body)),
    of("answer: REST error", 8, refusal, |body| rest("trusted-root-chains", body)),
    of("answer: own certificate", 8, own, |body| path("certificate-management/vcenter/tls", body)),
    of("answer: signing certificates", 8, signing, |body| path("signing-certificate", body)),
    of("answer: certificate of a host", 8, info, |body| answer("ContinueRetrievePropertiesEx", body)),
    of("answer: CRLs", 8, texts, |body| answer("ListCACertificateRevocationLists", body)),
    of("answer: names of providers", 30, references, |body| answer("QueryProvider", body)),
    of("answer: versions", 30, versions, |body| drop(session("GET vimServiceVersions.xml", 200, body, false))),
    of("answer: archive", 4, archive, |body| path("download.zip", body)),
    Reader {
        name: "report",
        factor: 300,
        largest: 256 << 10,
        make: alike,
        run: |text| {
            let estate = Estate::from_json(text).expect("an estate");
            drop(assess(&estate, &AssessOptions::at(Time::from_unix(AT))).to_json());
        },
    },
];

const PEM: &str = include_str!("data/vmca-root.pem");

fn shape(text: &[u8], shape: Shape) {
    drop(read_shape(text, "text", &mut Pool::new(), shape));
}

fn answer(operation: &str, body: &[u8]) {
    drop(session(operation, 200, body, true));
}

fn rest(operation: &str, body: &[u8]) {
    drop(session(operation, if operation.ends_with('A') { 200 } else { 500 }, body, false));
}

fn filled(head: &str, pattern: &str, tail: &str, size: usize) -> Vec<u8> {
    format!("{head}{}{tail}", pattern.repeat(size / pattern.len())).into_bytes()
}

fn pem(size: usize) -> Vec<u8> {
    filled("", PEM, "", size)
}

fn vecs(size: usize) -> Vec<u8> {
    let entry = format!("Alias :\tx\nEntry type :\tTrusted Cert\nCertificate :\t{PEM}\n");
    let count = size / entry.len();
    filled(&format!("Number of entries in store :\t{count}\n"), &entry, "", size)
}

fn dir_cli(size: usize) -> Vec<u8> {
    filled("", &format!("CN(id):\t\tA\nSubject DN:\tCN=x\nCRL present:\tno\n{PEM}\n"), "", size)
}

fn escaped() -> String {
    PEM.replace('\r', "").replace('\n', "\\n")
}

fn powercli(size: usize) -> Vec<u8> {
    let raw = "48, ".repeat(1_200);
    let one = format!(
        "{{\"CertificatePEM\": [\"{}\"], \"Certificate\": {{\"RawData\": [{raw}1], \"Thumbprint\": \"A\"}}, \"Uid\": \"x\"}},",
        escaped()
    );
    filled("[", &one, "{\"Uid\": \"y\"}]", size)
}

fn csv(size: usize) -> Vec<u8> {
    filled("\"CertificatePEM\",\"NotValidAfter\"\n", &format!("\"{PEM}\",\"2030-01-01\"\n"), "", size)
}

fn chains(size: usize) -> Vec<u8> {
    let one = format!("{{\"chain\": \"A\", \"cert_chain\": {{\"cert_chain\": [\"{}\"]}}}},", escaped());
    filled("[", &one, "{\"chain\": \"B\"}]", size)
}

fn small(size: usize) -> Vec<u8> {
    filled("[", "{\"\":0},", "0]", size)
}

fn estate(size: usize) -> Vec<u8> {
    let host = format!("{{\"name\": \"esx\", \"castore\": {{\"certificates\": [\"{}\"]}}}},", escaped());
    let tail = "{\"name\": \"last\"}]}]}";
    filled("{\"schema\": \"vitrust-estate/1\", \"vcenters\": [{\"name\": \"vc\", \"hosts\": [", &host, tail, size)
}

fn hosts(size: usize) -> Vec<u8> {
    let host = "<objects><obj type=\"HostSystem\">host-1</obj><propSet><name>name</name><val>esx01</val></propSet><propSet>\
                <name>runtime.connectionState</name><val>connected</val></propSet></objects>";
    filled("<returnval>", host, "</returnval>", size)
}

fn bytes(size: usize) -> Vec<u8> {
    let host = format!(
        "<objects><obj type=\"HostSystem\">host-1</obj><propSet><name>config.certificate</name><val>{}</val></propSet></objects>",
        "<byte>-45</byte>".repeat(1_500)
    );
    filled("<returnval>", &host, "</returnval>", size)
}

fn texts(size: usize) -> Vec<u8> {
    filled("", &format!("<returnval>{PEM}</returnval>"), "", size)
}

fn settings(size: usize) -> Vec<u8> {
    filled("", "<returnval><key>vpxd.certmgmt.mode</key><value>vmca</value></returnval>", "", size)
}

fn provider(size: usize) -> Vec<u8> {
    filled("<returnval><uid>u</uid><name>", "n", "</name></returnval>", size)
}

fn fault(size: usize) -> Vec<u8> {
    let fault = filled("<faultstring>", "no &amp; ", "</faultstring>", size);
    let envelope = enveloped("X", &fault);
    String::from_utf8_lossy(&envelope).replace("XResponse", "s:Fault").into_bytes()
}

fn chain(size: usize) -> Vec<u8> {
    filled("{\"cert_chain\": {\"cert_chain\": [", &format!("\"{}\",", escaped()), "\"\"]}}", size)
}

fn refusal(size: usize) -> Vec<u8> {
    filled("{\"error_type\": \"ERROR\", \"messages\": [", "{\"default_message\": \"no, no and no\"},", "{}]}", size)
}

fn path(end: &'static str, body: &[u8]) {
    let body = body.to_vec();
    drop(scripted(move |what| what.ends_with(end).then(|| (200, body.clone()))));
}

fn with_value(extension: &str, value: Vec<u8>) -> Vec<u8> {
    let cert = Cert::end_entity("CN=x").key(Key::p256(1)).extension(extension, false, value);
    cert.issued_by(&Cert::ca("CN=Root").key(Key::p256(2)).self_signed()).der().to_vec()
}

/// A certificate with an extension that repeats an element to this size.
fn with(extension: &str, element: &[u8], size: usize) -> Vec<u8> {
    with_value(extension, asn1::tlv(0x30, &element.repeat(size / element.len())))
}

fn directory() -> Vec<u8> {
    let attribute = asn1::sequence(&[asn1::oid("2.5.4.3"), asn1::tlv(12, b"a")]);
    asn1::tlv(0xa4, &asn1::sequence(&[asn1::tlv(0x31, &attribute)]))
}

fn point() -> Vec<u8> {
    asn1::sequence(&[asn1::tlv(0xa0, &asn1::tlv(0xa0, &asn1::tlv(0x86, b"a")))])
}

fn subject(size: usize) -> Vec<u8> {
    let name = vec!["CN=a"; size / 12].join(",");
    Cert::ca(&*name).key(Key::p256(1)).issued_by(&Cert::ca("CN=Root").key(Key::p256(2)).self_signed()).der().to_vec()
}

fn list() -> vitrust_factory::CrlBuilder {
    Crl::of(&Cert::ca("CN=Root").key(Key::p256(2)).self_signed())
}

fn entries(size: usize) -> Vec<u8> {
    list().many(1_000_000, u64::try_from(size / 22).expect("small")).sign().der().to_vec()
}

fn own(size: usize) -> Vec<u8> {
    filled("{\"cert\": \"", "-----BEGIN ", "\"}", size)
}

fn signing(size: usize) -> Vec<u8> {
    let chain = format!("{{\"cert_chain\": [\"{}\"]}}", escaped());
    filled(
        &format!("{{\"active_cert_chain\": {chain}, \"signing_cert_chains\": ["),
        &format!("{chain},"),
        &format!("{chain}]}}"),
        size,
    )
}

fn info(size: usize) -> Vec<u8> {
    let head =
        "<returnval><objects><obj type=\"HostSystem\">host-2</obj><propSet><name>certificateInfo</name><val><subject>";
    filled(head, "CN=x,", "</subject></val></propSet></objects></returnval>", size)
}

fn references(size: usize) -> Vec<u8> {
    filled("", "<returnval type=\"VasaProvider\">p-1</returnval>", "", size)
}

fn versions(size: usize) -> Vec<u8> {
    let head = "<namespaces version=\"1.0\"><namespace><name>urn:vim25</name><version>8.0.1.0</version><priorVersions>";
    filled(head, "<version>6.0</version>", "</priorVersions></namespace></namespaces>", size)
}

fn archive(size: usize) -> Vec<u8> {
    filled("PK", "\0", "", size)
}

/// A vCenter whose hosts all hold and present one certificate with a long name, by reference.
fn alike(size: usize) -> Vec<u8> {
    let units = format!("OU={},", "x".repeat(47)).repeat(40);
    let certificate = Cert::ca(&*format!("{units}CN=long")).key(Key::p256(7)).self_signed();
    let held = format!("{{\"certificates\":[\"{}\"]}}", certificate.sha256());
    let host = format!("{{\"name\":\"esx\",\"https\":{held},\"iofilter\":{held},\"castore\":{held}}},");
    let pem = certificate.pem().replace('\r', "").replace('\n', "\\n");
    let head = format!(
        "{{\"vcenters\":[{{\"name\":\"vc\",\"machine_ssl\":{{\"certificates\":[\"{pem}\"]}},\"trusted_roots\":{held},\"hosts\":["
    );
    filled(&head, &host, "{\"name\":\"last\"}]}]}", size)
}

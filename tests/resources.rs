//! What every reader may cost: memory by the byte of its input, and time that grows as its input does.
//!
//! The test `memory` counts bytes at three sizes; the bench `resources` looks at the clock too.

use vitrust::net::fuzzing::{enveloped, session};
use vitrust::store::{Shape, read_shape};
use vitrust::{Estate, Pool};

/// A reader with one kind of input.
pub struct Reader {
    /// What it reads.
    pub name: &'static str,
    /// Bytes of memory for each byte of input, beyond the input: no more than this.
    pub factor: usize,
    /// Makes an input of about this many bytes.
    pub make: fn(usize) -> Vec<u8>,
    /// Reads it to the end; what comes of it is dropped.
    pub run: fn(&[u8]),
}

/// The sizes that costs are fitted over, in bytes.
pub const SIZES: [usize; 3] = [1 << 20, 2 << 20, 4 << 20];

/// What may be there beside what grows, in bytes: tables, and the budgets that a short text has.
pub const FIXED: usize = 6 << 20;

/// Whether memory grows with the input and no more: the bytes for each byte more, from the first size to the last.
#[must_use]
pub fn slope(peaks: [usize; 3]) -> f64 {
    let megabytes = |bytes: usize| f64::from(u32::try_from(bytes >> 10).unwrap_or(u32::MAX)) / 1_024.0;
    let grown = peaks[2].saturating_sub(peaks[0]);
    megabytes(grown) / megabytes(SIZES[2] - SIZES[0])
}

/// Every reader.
pub const READERS: &[Reader] = &[
    Reader { name: "PEM", factor: 4, make: pem, run: |text| shape(text, Shape::Pem) },
    Reader { name: "vecs-cli entry list", factor: 4, make: vecs, run: |text| shape(text, Shape::VecsList) },
    Reader { name: "dir-cli list", factor: 4, make: dir_cli, run: |text| shape(text, Shape::DirCliList) },
    Reader { name: "PowerCLI JSON", factor: 4, make: powercli, run: |text| shape(text, Shape::PowerCliJson) },
    Reader { name: "PowerCLI CSV", factor: 4, make: csv, run: |text| shape(text, Shape::PowerCliCsv) },
    Reader { name: "trusted root chains", factor: 4, make: chains, run: |text| shape(text, Shape::TrustedRootChain) },
    Reader { name: "JSON of small values", factor: 4, make: small, run: |text| shape(text, Shape::TrustedRootChain) },
    Reader { name: "estate", factor: 4, make: estate, run: |text| drop(Estate::from_json(text)) },
    Reader { name: "answer: hosts", factor: 30, make: hosts, run: |body| answer("RetrievePropertiesEx", body) },
    Reader {
        name: "answer: hosts with bytes",
        factor: 4,
        make: bytes,
        run: |body| answer("RetrievePropertiesEx", body),
    },
    Reader { name: "answer: certificates", factor: 8, make: texts, run: |body| answer("ListCACertificates", body) },
    Reader { name: "answer: settings", factor: 30, make: settings, run: |body| answer("QueryOptions", body) },
    Reader { name: "answer: providers", factor: 8, make: provider, run: |body| answer("QueryProviderInfo", body) },
    Reader { name: "answer: fault", factor: 8, make: fault, run: |body| answer("Login", body) },
    Reader { name: "answer: chain", factor: 8, make: chain, run: |body| rest("trusted-root-chains/A", body) },
    Reader { name: "answer: REST error", factor: 8, make: refusal, run: |body| rest("trusted-root-chains", body) },
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

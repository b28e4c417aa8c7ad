//! What the report calls a place in a certificate or revocation list.

use super::tree::Node;

/// The name of the element at `path` below the signed part `root`, such as `extensions.nameConstraints.value.SEQUENCE`.
pub fn in_signed_part(root: &Node, path: &[usize], list: bool) -> String {
    let Some((field, below)) = path.split_first() else { return "whole".to_owned() };
    let field_name = if list { list_field(root, *field) } else { certificate_field(root, *field) };
    let Some(node) = root.at(&[*field]) else { return field_name.to_owned() };
    let words = if field_name == "extensions" { extensions(node, below) } else { tags(node, below) };
    [vec![field_name.to_owned()], words].concat().join(".")
}

/// The name of the element at `path` in the whole of a certificate or list, outside its signed part.
pub fn outside(root: &Node, path: &[usize]) -> String {
    let Some((field, below)) = path.split_first() else { return "outside.whole".to_owned() };
    let name = ["outside.signed part", "outside.algorithm", "outside.signature"].get(*field).unwrap_or(&"outside.more");
    let words = root.at(&[*field]).map_or_else(Vec::new, |node| tags(node, below));
    [vec![(*name).to_owned()], words].concat().join(".")
}

/// Where the subject stands among the fields of a certificate.
pub fn subject_at(root: &Node) -> usize {
    5 - usize::from(!has_version(root))
}

/// Where the issuer stands among the fields of a certificate or list.
pub fn issuer_at(root: &Node, list: bool) -> usize {
    if list { 2 - usize::from(root.at(&[0]).is_none_or(|first| first.first() != 0x02)) } else { subject_at(root) - 2 }
}

fn has_version(root: &Node) -> bool {
    root.at(&[0]).is_some_and(|first| first.first() == 0xa0)
}

fn certificate_field(root: &Node, field: usize) -> &'static str {
    const FIELDS: [&str; 7] = ["version", "serial", "algorithm", "issuer", "validity", "subject", "key"];
    let position = field + usize::from(!has_version(root));
    match (FIELDS.get(position), root.at(&[field]).map(Node::first)) {
        (Some(name), _) => name,
        (None, Some(0xa3)) => "extensions",
        (None, _) => "unique id",
    }
}

fn list_field(root: &Node, field: usize) -> &'static str {
    let versioned = root.at(&[0]).is_some_and(|first| first.first() == 0x02);
    let position = field + usize::from(!versioned);
    match (position, root.at(&[field]).map(Node::first)) {
        (0, _) => "version",
        (1, _) => "algorithm",
        (2, _) => "issuer",
        (3, _) => "this update",
        (_, Some(0x17 | 0x18)) => "next update",
        (_, Some(0x30)) => "entries",
        _ => "extensions",
    }
}

/// The words for a path below the wrapper of extensions: the row, one extension, its parts.
fn extensions(wrapper: &Node, path: &[usize]) -> Vec<String> {
    let [row, extension, below @ ..] = path else { return tags(wrapper, path) };
    let Some(node) = wrapper.at(&[*row, *extension]) else { return tags(wrapper, path) };
    let name = node.at(&[0]).map_or("nothing", |identifier| extension_name(&identifier.inner()));
    let Some((part, below)) = below.split_first() else { return vec![name.to_owned()] };
    let Some(inner) = node.at(&[*part]) else { return vec![name.to_owned()] };
    let part = match inner.first() {
        0x06 => "identifier",
        0x01 => "critical",
        _ => "value",
    };
    [vec![name.to_owned(), part.to_owned()], tags(inner, below)].concat()
}

/// A word for the tag of each element on the way.
fn tags(node: &Node, path: &[usize]) -> Vec<String> {
    (1..=path.len()).filter_map(|steps| node.at(&path[..steps])).map(|node| tag_word(node.first())).collect()
}

fn tag_word(tag: u8) -> String {
    let word = match tag {
        0x01 => "BOOLEAN",
        0x02 => "INTEGER",
        0x03 => "BITS",
        0x04 => "OCTETS",
        0x05 => "NULL",
        0x06 => "OID",
        0x0a => "ENUMERATED",
        0x17 | 0x18 => "TIME",
        0x30 => "SEQUENCE",
        0x31 => "SET",
        0x0c | 0x12..=0x16 | 0x1c | 0x1e => "TEXT",
        other => return format!("[{}]", other & 0x1f),
    };
    word.to_owned()
}

fn extension_name(identifier: &[u8]) -> &'static str {
    match identifier {
        [85, 29, 14] => "subjectKeyIdentifier",
        [85, 29, 15] => "keyUsage",
        [85, 29, 17] => "subjectAltName",
        [85, 29, 19] => "basicConstraints",
        [85, 29, 20] => "cRLNumber",
        [85, 29, 27] => "deltaCRLIndicator",
        [85, 29, 28] => "issuingDistributionPoint",
        [85, 29, 30] => "nameConstraints",
        [85, 29, 31] => "cRLDistributionPoints",
        [85, 29, 32] => "certificatePolicies",
        [85, 29, 33] => "policyMappings",
        [85, 29, 35] => "authorityKeyIdentifier",
        [85, 29, 36] => "policyConstraints",
        [85, 29, 37] => "extKeyUsage",
        [85, 29, 54] => "inhibitAnyPolicy",
        _ => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use vitrust_factory::Cert;

    fn signed_part() -> Node {
        let cert = Cert::end_entity("CN=a").dns("a.example").self_signed();
        Node::parse(cert.der()).and_then(|whole| whole.at(&[0]).cloned()).expect("DER")
    }

    #[test]
    fn places_of_a_certificate_have_their_names() {
        let root = signed_part();
        let names: Vec<String> = root.paths().iter().map(|path| in_signed_part(&root, path, false)).collect();
        for name in [
            "whole",
            "version.INTEGER",
            "serial",
            "issuer.SET.SEQUENCE.TEXT",
            "validity.TIME",
            "key.SEQUENCE.OID",
            "extensions.keyUsage.critical",
            "extensions.subjectAltName.value.SEQUENCE.[2]",
        ] {
            assert!(names.iter().any(|known| known == name), "{name} is not among {names:?}");
        }
        assert_eq!(in_signed_part(&root, &[subject_at(&root)], false), "subject");
        assert_eq!(in_signed_part(&root, &[issuer_at(&root, false)], false), "issuer");
    }
}

//! Addresses that are spelled so that they pass for DNS names, and labels that are no international names.

use vitrust_factory::Cert;

use super::{Accept, Must, Neighbours, Record, Refuse, server_builder};

/// Title, the name asked for, and the dNSName that a careless comparison would match.
const ADDRESSES: &[(&str, &str, &str)] = &[
    ("plain", "10.1.2.3", "10.1.2.3"),
    ("wildcard", "10.1.2.3", "*.1.2.3"),
    ("final-dot", "10.1.2.3.", "10.1.2.3"),
    ("final-dot-wildcard", "10.1.2.3.", "*.1.2.3"),
    ("two-final-dots", "10.1.2.3..", "10.1.2.3"),
    ("full-width", "\u{ff11}\u{ff10}.1.2.3", "10.1.2.3"),
    ("full-width-wildcard", "\u{ff11}\u{ff10}.1.2.3", "*.1.2.3"),
    ("full-width-final-dot", "\u{ff11}\u{ff10}.1.2.3.", "10.1.2.3"),
    ("full-width-all", "\u{ff11}\u{ff10}\u{ff0e}\u{ff11}\u{ff0e}\u{ff12}\u{ff0e}\u{ff13}", "10.1.2.3"),
    ("ideographic-dots", "10\u{3002}1\u{3002}2\u{3002}3", "10.1.2.3"),
    ("half-width-dots", "10\u{ff61}1\u{ff61}2\u{ff61}3", "10.1.2.3"),
    ("circled-digit", "10.1.2.\u{2462}", "10.1.2.3"),
    ("superscript-digit", "10.1.2.\u{b3}", "10.1.2.3"),
    ("mathematical-digit", "10.1.2.\u{1d7d1}", "10.1.2.3"),
    ("soft-hyphen", "1\u{ad}0.1.2.3", "10.1.2.3"),
    ("zero-width-space", "1\u{200b}0.1.2.3", "10.1.2.3"),
    ("leading-zeros", "010.001.002.003", "010.001.002.003"),
    ("octal", "012.1.2.3", "012.1.2.3"),
    ("hexadecimal", "0x0a.1.2.3", "0x0a.1.2.3"),
    ("hexadecimal-last", "10.1.2.0x3", "10.1.2.0x3"),
    ("one-hexadecimal-number", "0x0a010203", "0x0a010203"),
    ("one-number", "167838211", "167838211"),
    ("three-numbers", "10.1.515", "10.1.515"),
    ("two-numbers", "10.66051", "*.66051"),
    ("brackets", "[10.1.2.3]", "10.1.2.3"),
    ("brackets-final-dot", "[10.1.2.3].", "10.1.2.3"),
    ("six-mapped", "::ffff:10.1.2.3", "10.1.2.3"),
    ("six-mapped-brackets", "[::ffff:10.1.2.3]", "10.1.2.3"),
    ("six", "2001:db8::1", "2001:db8::1"),
    ("six-brackets", "[2001:db8::1]", "[2001:db8::1]"),
    ("six-zone", "fe80::1%eth0", "fe80::1%eth0"),
    ("six-zone-brackets", "[fe80::1%25eth0]", "fe80::1"),
    ("six-full-width", "\u{ff12}001:db8::1", "2001:db8::1"),
    ("space-before", " 10.1.2.3", "10.1.2.3"),
    ("port", "10.1.2.3:443", "10.1.2.3"),
];

/// Title, what must come of it, the name asked for, and the dNSName.
const NAMES: &[(&str, Must, &str, &str)] = &[
    ("digits-in-front", Accept, "10.1.2.3.lab.example", "10.1.2.3.lab.example"),
    ("digits-wildcard", Accept, "10.1.2.lab.example", "*.1.2.lab.example"),
    ("digit-label", Accept, "12.example", "12.example"),
    ("final-dot", Accept, "a.lab.example.", "a.lab.example"),
    ("capitals", Accept, "A.LAB.example", "a.lab.EXAMPLE"),
    ("full-width-letters", Accept, "\u{ff41}.lab.example", "a.lab.example"),
    ("unicode", Accept, "b\u{fc}ro.example", "xn--bro-hoa.example"),
    ("a-label", Accept, "xn--bro-hoa.example", "xn--bro-hoa.example"),
    ("a-label-capitals", Accept, "XN--BRO-HOA.example", "xn--bro-hoa.example"),
    ("undecodable", Accept, "xn--a.example.com", "xn--a.example.com"),
    ("undecodable-capitals", Accept, "XN--A.example.com", "xn--a.example.com"),
    ("undecodable-capitals-in-certificate", Accept, "xn--a.example.com", "Xn--A.Example.com"),
    ("undecodable-final-dot", Accept, "xn--a.example.com.", "xn--a.example.com"),
    ("undecodable-in-the-middle", Accept, "esx.xn--a.example.com", "esx.xn--a.example.com"),
    ("undecodable-overflow", Accept, "xn--99999999.example", "xn--99999999.example"),
    ("undecodable-digit", Accept, "xn--0.example", "xn--0.example"),
    ("undecodable-all-ascii", Accept, "xn--abc-.example", "xn--abc-.example"),
    ("undecodable-wildcard", Record, "xn--a.example.com", "*.example.com"),
    ("undecodable-below-wildcard", Record, "esx.xn--a.example.com", "*.xn--a.example.com"),
    ("undecodable-other", Refuse, "xn--a.example.com", "xn--b.example.com"),
    ("undecodable-without-prefix", Refuse, "xn--a.example.com", "a.example.com"),
    ("undecodable-means-nothing", Refuse, "xn--abc-.example", "abc.example"),
    ("not-normalised", Record, "xn--u-ccb.example", "xn--u-ccb.example"),
    ("prefix-alone", Record, "xn--.example", "xn--.example"),
    ("label-of-63", Accept, LABEL_63, LABEL_63),
    ("label-of-64", Refuse, LABEL_64, LABEL_64),
    ("undecodable-of-64", Refuse, XN_64, XN_64),
    ("empty-label", Refuse, "a..example", "a..example"),
    ("space-in-label", Refuse, "a b.example", "a b.example"),
];

const LABEL_63: &str = "a23456789012345678901234567890123456789012345678901234567890123.example";
const LABEL_64: &str = "a234567890123456789012345678901234567890123456789012345678901234.example";
const XN_64: &str = "xn--567890123456789012345678901234567890123456789012345678901234.example";

pub(super) fn add(list: &mut Neighbours) {
    for (name, asked, dns) in ADDRESSES {
        ask(list, &format!("addresses/{name}"), Refuse, asked, |server| server.dns(dns));
    }
    for (name, must, asked, dns) in NAMES {
        ask(list, &format!("hosts/{name}"), *must, asked, |server| server.dns(dns));
    }
    let rows = [
        ("four", Accept, "10.1.2.3", "10.1.2.3"),
        ("six", Accept, "2001:db8::1", "2001:db8::1"),
        ("six-written-out", Accept, "2001:0DB8:0:0:0:0:0:1", "2001:db8::1"),
        ("six-brackets", Accept, "[2001:db8::1]", "2001:db8::1"),
        ("other", Refuse, "10.1.2.4", "10.1.2.3"),
        ("six-mapped", Record, "::ffff:10.1.2.3", "10.1.2.3"),
        ("final-dot", Record, "10.1.2.3.", "10.1.2.3"),
    ];
    for (name, must, asked, address) in rows {
        ask(list, &format!("addresses/as-address-{name}"), must, asked, |server| server.ip(address));
    }
}

fn ask(
    list: &mut Neighbours,
    title: &str,
    must: Must,
    asked: &str,
    named: impl FnOnce(vitrust_factory::CertBuilder) -> vitrust_factory::CertBuilder,
) {
    let (root, sub) = (list.lab.root.clone(), list.lab.sub.clone());
    let server: Cert = named(server_builder().without(vitrust_factory::oid::SUBJECT_ALT_NAME)).issued_by(&sub);
    list.ask(title, must, &[&server, &sub], &[&root]).host(asked);
}

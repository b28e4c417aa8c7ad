//! Forms that a strict reader refuses and others take, names that are equal once prepared, addresses in other spellings.
//!
//! The inputs are those of `tests/neighbours`, some of each kind: the ones that validators answer differently.

use vitrust_tests::neighbours;

use super::super::case::Cases;

/// Of each group the inputs that are asked about, by name.
const ASKED: &[(&str, &str)] = &[
    (
        "names",
        "empty-set/before-excluded empty-set/permitted empty-set/alternative-name empty-set/mail-in-subject \
         empty-set/subtree empty-set/self-issued empty-set/chaining empty-set/anchor empty-set/crl-issuer \
         empty-set/entry-issuer attribute-with-leftover/before-excluded primitive-set/before-excluded \
         type-padded/before-excluded set-with-long-length/before-excluded set-for-name leftover-byte",
    ),
    (
        "strings",
        "utf8-constructed/end-entity utf8-context-class/end-entity utf8-long-tag/end-entity \
         utf8-long-length/end-entity constructed-indefinite/end-entity dns-constructed/end-entity \
         dns-long-length/end-entity key-id-constructed/end-entity authority-key-id-constructed/end-entity \
         key-usage-constructed/end-entity public-key-constructed/end-entity \
         extension-value-constructed/end-entity excluded/utf8-not-shortest excluded/bmp-odd-length \
         issuer/context-class issuer/long-length type/teletex/end-entity type/universal/end-entity \
         type/printable-with-at/end-entity type/printable-with-underscore/end-entity",
    ),
    (
        "preparation",
        "soft-hyphen/excluded zero-width-space/excluded nul/excluded tab/excluded no-break-space/excluded \
         case/excluded sharp-s/excluded final-sigma/excluded dotted-capital-i/excluded dotless-i-differs/excluded \
         full-width/excluded ligature/excluded decomposed/excluded private-use/excluded \
         unassigned-in-3.2/excluded cherokee-small/excluded mathematical-letters/excluded type-bmp/excluded \
         case/permitted full-width/permitted soft-hyphen/permitted",
    ),
    (
        "oids",
        "padded/purpose/end-entity padded/second-purpose/end-entity padded/subject-attribute/end-entity \
         padded/inner-algorithm/end-entity padded/key-algorithm/end-entity padded/first-octet/end-entity \
         cut/purpose/end-entity empty/purpose/end-entity long-length/extension/end-entity constraints-twice \
         excluded-twice permitted-twice permitted-behind-excluded empty-list no-list constraints-padded-last \
         policy/padded policy/mapping-padded large/beyond-64-bits alternative-name/other-name-padded",
    ),
    (
        "unsigned",
        "length-1-octet-more/end-entity indefinite/end-entity fourth-part/end-entity \
         algorithm-leftover/end-entity algorithm-long-length/end-entity oid-padded/end-entity \
         unused-bits-1/end-entity unused-bits-9/end-entity signature-long-length/end-entity \
         signature-constructed/end-entity null-parameters/end-entity values-long-length/end-entity \
         value-padded/end-entity behind-zeros/end-entity length-1-octet-more/anchor unused-bits-9/anchor \
         rsa-null-twice rsa-null-long-length rsa-null-with-content length-1-octet-more/list unused-bits-9/list \
         null-parameters/list",
    ),
    (
        "times",
        "utc-without-seconds/not-before utc-with-offset/not-before utc-local/not-before utc-second-60/not-before \
         generalized-without-seconds/not-before generalized-with-fraction/not-before \
         generalized-with-zero-fraction/not-before generalized-with-offset/not-before context-class/not-before \
         constructed/not-before utc-february-29/not-before third-time/end-entity long-length/end-entity \
         generalized-of-9999/not-after utc-without-seconds/this-update generalized-with-fraction/revoked-on \
         generalized/this-update",
    ),
    (
        "fields",
        "signed-part/long-length/end-entity signed-part/leftover/end-entity signed-part/leftover/intermediate \
         signed-part/leftover/anchor version/leftover/end-entity version/padded/end-entity \
         version/primitive-wrapper/end-entity version/1-written-out serial/padded/end-entity \
         serial/constructed/end-entity serial/context-class/end-entity serial/long-length/end-entity \
         serial/20-octets-of-value/end-entity key/leftover/end-entity key/algorithm-long-length/end-entity \
         key/unused-bits/end-entity rsa-key/null-with-content rsa-key/modulus-negative rsa-key/leftover \
         rsa-key/without-null extensions/empty-wrapper/end-entity extensions/empty-list/end-entity \
         extensions/two-lists/end-entity extensions/wrapper-primitive/end-entity \
         extensions/list-leftover/end-entity extension/critical-false/end-entity extension/critical-1/end-entity \
         extension/critical-twice/end-entity extension/leftover/end-entity extension/without-oid/intermediate \
         extension/value-context-class/end-entity algorithm-of-both/null unique-ids/as-it-was \
         unique-ids/behind-extensions revoked-serial/constructed revoked-serial/padded",
    ),
    (
        "extensions",
        "key-usage/unused-bits-not-zero/end-entity key-usage/trailing-zero-bits/end-entity \
         key-usage/behind/end-entity purposes/text/end-entity purposes/leftover/end-entity \
         purposes/one-twice/end-entity alternative-name/unknown-kind/end-entity \
         alternative-name/address-of-5/end-entity alternative-name/dns-high-octet/end-entity \
         alternative-name/behind/end-entity authority-key-id/twice/end-entity authority-key-id/behind/end-entity \
         subject-key-id/behind/end-entity ca-flag/leftover/intermediate ca-flag/false-written-out/end-entity \
         path-length/33-bits/intermediate path-length/65-bits/intermediate path-length/negative/intermediate \
         path-length/twice/intermediate critical/issuer-alternative-name/end-entity \
         critical/issuer-alternative-name/intermediate policies/same-twice/end-entity \
         policies/leftover/end-entity policy-constraints/33-bits/intermediate unknown/not-der/end-entity \
         constraints/leftover constraints/minimum-0-written-out constraints/minimum-twice",
    ),
    (
        "addresses",
        "final-dot full-width full-width-wildcard ideographic-dots soft-hyphen leading-zeros hexadecimal \
         one-number brackets six-mapped as-address-six-mapped as-address-final-dot",
    ),
    (
        "hosts",
        "undecodable undecodable-capitals undecodable-all-ascii undecodable-wildcard undecodable-other \
         a-label-capitals prefix-alone label-of-64",
    ),
    (
        "lists",
        "version/6 version/1-written-out version/1-with-extensions version/padded whole/leftover \
         whole/long-length algorithm/leftover entries/empty entries/leftover extensions/list-leftover \
         extensions/empty-list extensions/number-padded extensions/number-negative extensions/number-20-octets \
         entry/leftover entry/serial-padded entry/serial-constructed entry/extensions-empty entry/reason-twice \
         entry/reason-integer entry/reason-7 point/flag-1 point/users-and-cas point/empty built/number-twice \
         built/version-1-with-entry-extensions built/entry-serial-negative indirect/issuer-twice \
         indirect/issuer-two-names",
    ),
    (
        "numbers",
        "newer-without-number-revokes newer-without-number-is-clean lower-number-newer-date-revokes \
         higher-number-older-date-revokes same-number-same-day superseded version-1-newer-revokes \
         160-bits-newer-revokes delta-revokes delta-does-not-clear",
    ),
    (
        "signers",
        "namesake/higher-number namesake/both-clean end-entity/of-the-issuer/alone delegated/revokes \
         delegated/revokes-beside-a-clean-one self-made/beside self-cleared/usual",
    ),
    (
        "valid",
        "name/set-out-of-order/end-entity name/multi-valued/end-entity name/country-as-utf8/end-entity \
         serial-high-bit anchor/key-usage-trailing-zero-bits",
    ),
];

pub(super) fn add(cases: &mut Cases) {
    let all = neighbours::all();
    for (group, names) in ASKED {
        for name in names.split_whitespace() {
            let name = format!("{group}/{name}");
            let input = all.iter().find(|one| one.name == name);
            let input = input.unwrap_or_else(|| panic!("there is no neighbour {name}"));
            let case = cases.add_der(format!("form/{name}"), &input.chain, &input.anchors);
            case.crls.clone_from(&input.crls);
            case.host.clone_from(&input.host);
        }
    }
}

//! Validity at every place of the path, to the second (RFC 5280 6.1.3 (a)(2)).

use super::case::{Case, Pki, Place, placed};

const FIRST: &str = "2026-01-01T00:00:00Z";
const LAST: &str = "2026-12-31T23:59:59Z";

pub(super) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for place in Place::ALL {
        cases.push(placed("an expired certificate is refused", place, |b| b.expired()).refused("expired"));
        cases.push(placed("a future certificate is refused", place, |b| b.not_yet_valid()).refused("not-yet-valid"));
        let year = |name: &str| placed(name, place, |b| b.validity(FIRST, LAST));
        cases.push(year("the first second counts").at(FIRST));
        cases
            .push(year("the second before the first is too early").at("2025-12-31T23:59:59Z").refused("not-yet-valid"));
        cases.push(year("the last second counts").at(LAST));
        cases.push(year("the second after the last is too late").at("2027-01-01T00:00:00Z").refused("expired"));
        let long = |b: vitrust_factory::CertBuilder| b.validity("2025-01-01", "2060-01-01");
        cases.push(placed("a date after 2049 is read", place, long));
        let backwards = |b: vitrust_factory::CertBuilder| b.validity("2027-01-01", "2026-01-01");
        cases.push(placed("dates the wrong way round never hold", place, backwards).refused("expired"));
    }
    cases.push(Pki::new().case("before all of them").at("2024-12-31T23:59:59Z").refused("not-yet-valid"));
    cases.push(Pki::new().case("after all of them").at("2035-01-01T00:00:01Z").refused("expired"));
    cases
}

//! Two faults: both are listed, the one nearer to the end-entity certificate first, and no single change is offered.

use super::single::{ANYWHERE, ISSUERS};
use super::{Change, Refused, at};
use crate::chains::case::{Pki, Place};

pub(super) fn cases() -> Vec<Refused> {
    let mut cases = Vec::new();
    for (index, low) in Place::ALL.iter().enumerate() {
        for high in &Place::ALL[index + 1..] {
            for (nth, first) in ANYWHERE.iter().enumerate().take(7) {
                cases.push(two(first, *low, &ANYWHERE[(nth + 1) % 7], *high));
            }
            cases.push(two(&ANYWHERE[0], *low, &ISSUERS[0], *high));
            cases.push(two(&ANYWHERE[0], *low, &ISSUERS[2], *high));
        }
    }
    cases
}

fn two(low: &Change, low_place: Place, high: &Change, high_place: Place) -> Refused {
    let chain = Pki::new().with(low_place, low.2).with(high_place, high.2).sign();
    let name = format!("a {} {} and a {} {}", low_place.name(), low.0, high_place.name(), high.0);
    let case = chain.case(&name);
    Refused::new(&chain, case, vec![at(low.1, low_place), at(high.1, high_place)])
}

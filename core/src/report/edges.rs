//! The four links of every host, as a grid.

use std::collections::HashMap;

use super::matrix::missing;
use super::page::{Page, REST};
use super::rows::{Edge, Sheet};
use super::style::{Mark, Span, Style};
use super::table::Table;
use crate::assess::Trust;
use crate::finding::words::{count, grouped};
use crate::text::brief;

/// The kinds of links and how their columns are called.
const KINDS: [(&str, &str); 4] = [
    ("vcenter-to-host", "vCenter→443"),
    ("vcenter-to-provider", "SPS→9080"),
    ("host-to-vcenter", "host→vCenter"),
    ("host-to-sps", "host→SPS"),
];

/// How many hosts are drawn; above this only those that miss something.
const HOSTS: usize = 40;

/// A host, its number among those of its name, and the answers of its links by their kinds.
struct Host<'s> {
    vcenter: &'s str,
    name: &'s str,
    number: usize,
    answers: HashMap<&'s str, Trust>,
}

/// The answers by host. Two hosts of one name stay two: the second edge of a kind belongs to the second of them.
pub(super) struct Answers<'s>(Vec<Host<'s>>);

impl<'s> Answers<'s> {
    pub(super) fn of(edges: &'s [Edge]) -> Self {
        let mut hosts: Vec<Host<'s>> = Vec::new();
        let mut positions = HashMap::new();
        let mut seen: HashMap<(&str, &str, &str), usize> = HashMap::new();
        for edge in edges {
            let (vcenter, name, kind) = (&*edge.vcenter, &*edge.host, &*edge.kind);
            let number = seen.entry((vcenter, name, kind)).or_default();
            *number += 1;
            let position = *positions.entry((vcenter, name, *number)).or_insert_with(|| {
                hosts.push(Host { vcenter, name, number: *number, answers: HashMap::new() });
                hosts.len() - 1
            });
            hosts[position].answers.insert(kind, edge.verdict);
        }
        Self(hosts)
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }
}

impl Host<'_> {
    fn is_refused(&self) -> bool {
        self.answers.values().any(|one| *one == Trust::Untrusted)
    }

    fn is_whole(&self) -> bool {
        KINDS.iter().all(|(kind, _)| self.answers.get(kind) == Some(&Trust::Trusted))
    }
}

pub(super) fn draw(page: &mut Page, sheet: &Sheet) {
    if sheet.edges().is_empty() {
        return;
    }
    let Answers(hosts) = Answers::of(sheet.edges());
    let gaps: Vec<&Host<'_>> = hosts.iter().filter(|host| !host.is_whole()).collect();
    page.heading("TRUST BETWEEN VCENTERS AND HOSTS", "who asks→who presents");
    let every = count(hosts.len(), "host", "hosts");
    if gaps.is_empty() {
        return page.marked(2, Mark::Good, [format!("all four links of {every} are trusted").into()]);
    }
    let refused = gaps.iter().filter(|host| host.is_refused()).count();
    let silent = grouped(gaps.len() - refused);
    if refused == 0 {
        page.marked(2, Mark::Open, [format!("{silent} of {every} with a link that is not known").into()]);
    } else {
        let more =
            if gaps.len() > refused { format!(", {silent} with a link that is not known") } else { String::new() };
        page.marked(2, Mark::Bad, [format!("{} of {every} with a gap{more}", grouped(refused)).into()]);
    }
    let most = page.most(HOSTS);
    let shown = if hosts.len() > most { gaps } else { hosts.iter().collect() };
    grid(page, sheet, shown.get(..most).unwrap_or(&shown));
    missing(page, sheet.edges().iter().flat_map(|edge| &edge.missing).map(|what| (what.clone(), 1)));
    page.rest(shown.len(), most, REST);
}

fn grid(page: &mut Page, sheet: &Sheet, shown: &[&Host<'_>]) {
    let names = sheet.servers();
    let mut table = Table::grid(KINDS.iter().map(|(_, title)| *title));
    for host in shown {
        let mut label = vec![
            Span::new(format!("  {} / ", brief(names.short(host.vcenter))), Style::Aside),
            Span::new(brief(names.short(host.name)), Style::Strong),
        ];
        if host.number > 1 {
            // The second of one name is told apart by its number, since nothing else does.
            label.push(Span::new(format!(" ({})", host.number), Style::Aside));
        }
        let answer = |kind: &str| host.answers.get(kind).map_or(Mark::Nothing, |one| Mark::from(*one));
        table.answers(label, KINDS.iter().map(|(kind, _)| answer(kind)));
    }
    table.draw_in_bands(page);
}

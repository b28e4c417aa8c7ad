//! Who trusts whom between vCenters, as a grid, and what its question marks wait for.

use std::collections::HashMap;

use super::RenderError;
use super::page::Page;
use super::rows::{Matrix, Party, Sheet};
use super::style::{Mark, Span, Style};
use super::table::Table;
use crate::finding::ServerNames;
use crate::finding::words::{count, grouped, listing};
use crate::text::brief;

/// Above this the grid shows only parties that miss something.
const WHOLE: usize = 60;
/// How many missing facts are listed below a grid.
const MISSING: usize = 12;
/// How many vCenters of one party are named.
const TOGETHER: usize = 8;

pub(super) fn draw(page: &mut Page, sheet: &Sheet) -> Result<(), RenderError> {
    let matrix = sheet.matrix.as_ref().ok_or(RenderError::Missing("matrix"))?;
    if !matrix.is_whole() {
        return Err(RenderError::Json("its matrix has not one answer for each pair of parties".to_owned()));
    }
    page.heading("TRUST BETWEEN VCENTERS", "rows trust, columns present");
    if matrix.parties.is_empty() {
        page.line(2, ["no vCenter is known".into()]);
        return Ok(());
    }
    verdict(page, matrix);
    for party in matrix.parties.iter().filter(|party| party.vcenters.len() > 1) {
        let together = listing(&party.vcenters, TOGETHER, ", ");
        let text = format!("{} stands for {together}: one SSO domain shares its trust", party.name);
        page.line(2, [text.into()]);
    }
    let mut shown: Vec<usize> = (0..matrix.parties.len()).collect();
    if shown.len() > WHOLE {
        shown = gaps(matrix);
    }
    if !shown.is_empty() && matrix.parties.len() > WHOLE {
        let with = count(shown.len(), "vCenter", "vCenters");
        let text = match shown.len() {
            ..=WHOLE => format!("only the {with} with gaps are drawn"),
            _ => format!("only {WHOLE} of the {with} with gaps are drawn; the JSON has all"),
        };
        page.line(2, [text.into()]);
        shown.truncate(WHOLE);
    }
    if !shown.is_empty() {
        grid(page, matrix, &shown);
    }
    unknown(page, matrix);
    Ok(())
}

fn verdict(page: &mut Page, matrix: &Matrix) {
    let size = matrix.parties.len();
    if matrix.is_mutual() {
        let text = match size {
            1 => "the only party trusts itself".to_owned(),
            _ => format!("all of {} trust each other", count(size, "party", "parties")),
        };
        return page.marked(2, Mark::Good, [text.into()]);
    }
    let links = count(size * size, "link", "links");
    let (untrusted, unknown) = (matrix.count('-'), matrix.count('?'));
    if untrusted == 0 {
        return page.marked(2, Mark::Open, [format!("{} of {links} not known", grouped(unknown)).into()]);
    }
    let more = if unknown > 0 { format!(", {} not known", grouped(unknown)) } else { String::new() };
    page.marked(2, Mark::Bad, [format!("{} of {links} untrusted{more}", grouped(untrusted)).into()]);
}

/// The parties that do not trust somebody or are not trusted by somebody.
fn gaps(matrix: &Matrix) -> Vec<usize> {
    let all = 0..matrix.parties.len();
    let mut lacking = vec![false; all.len()];
    for row in all.clone() {
        for column in all.clone().filter(|column| matrix.cell(row, *column) != "+") {
            lacking[row] = true;
            lacking[column] = true;
        }
    }
    all.filter(|party| lacking[*party]).collect()
}

fn grid(page: &mut Page, matrix: &Matrix, shown: &[usize]) {
    let names: ServerNames = matrix.parties.iter().flat_map(|party| &party.vcenters).collect();
    let labels: Vec<String> = shown.iter().map(|party| brief(names.short(&matrix.parties[*party].name))).collect();
    let widest = labels.iter().map(|label| page.columns(label)).max().unwrap_or_default();
    // Names stand over the columns while they fit; beyond that, columns have numbers.
    let fits = widest + labels.len() * (widest + 2) + 6 <= page.canvas.width();
    let digits = labels.len().to_string().len();
    let head = |(index, label): (usize, &String)| if fits { label.clone() } else { (index + 1).to_string() };
    let mut table = Table::grid(labels.iter().enumerate().map(head));
    for (index, (label, row)) in labels.iter().zip(shown).enumerate() {
        let side = if fits { format!("  {label}") } else { format!("  {:>digits$} {label}", index + 1) };
        let answers = shown.iter().map(|column| Mark::of_cell(matrix.cell(*row, *column)));
        table.answers(vec![Span::new(side, Style::Strong)], answers);
    }
    table.draw_in_bands(page);
    let legend = [(Mark::Good, "trusts"), (Mark::Bad, "does not trust"), (Mark::Open, "not known")];
    let legend =
        legend.into_iter().flat_map(|(mark, words)| [mark.span(), Span::new(format!(" {words}   "), Style::Aside)]);
    page.line(2, legend);
}

/// Says what would have to be known for an answer where there is none: counted for each party, not for each pair.
fn unknown(page: &mut Page, matrix: &Matrix) {
    let all = 0..matrix.parties.len();
    let mut stores = vec![0; all.len()];
    let mut chains = vec![0; all.len()];
    let mut entries = vec![0; all.len()];
    for row in all.clone() {
        for column in all.clone().filter(|column| matrix.cell(row, *column) == "?") {
            let (from, to) = (&matrix.parties[row], &matrix.parties[column]);
            stores[row] += usize::from(!from.has_store);
            chains[column] += usize::from(!to.without_chain.is_empty());
            // With store and chain known, only entries without bytes leave a question open.
            entries[row] += usize::from(from.has_store && to.without_chain.is_empty());
        }
    }
    let parties = || matrix.parties.iter().enumerate();
    let chains = &chains;
    let stores = parties().map(|(at, party)| (format!("TRUSTED_ROOTS of {}", party.name), stores[at]));
    let chain = |name: &str| format!("the chain that {name} presents");
    let chains =
        parties().flat_map(|(at, party)| party.without_chain.iter().map(move |name| (chain(name), chains[at])));
    let bytes =
        |party: &Party| format!("the bytes of entries of TRUSTED_ROOTS of {}, of which only a dump exists", party.name);
    let entries = parties().map(|(at, party)| (bytes(party), entries[at]));
    missing(page, stores.chain(chains).chain(entries).filter(|(_, links)| *links > 0));
}

/// Says below a grid what its question marks wait for, that of most links first.
pub(super) fn missing(page: &mut Page, lacking: impl Iterator<Item = (String, usize)>) {
    let mut order: Vec<(String, usize)> = Vec::new();
    let mut positions: HashMap<String, usize> = HashMap::new();
    for (what, links) in lacking {
        match positions.get(&what) {
            Some(position) => order[*position].1 += links,
            None => {
                positions.insert(what.clone(), order.len());
                order.push((what, links));
            }
        }
    }
    order.sort_by_key(|(_, links)| std::cmp::Reverse(*links));
    for (what, links) in order.iter().take(MISSING) {
        page.marked(2, Mark::Open, [format!("{} for lack of {what}", count(*links, "link", "links")).into()]);
    }
    page.rest(order.len(), MISSING, "; the JSON has all");
}

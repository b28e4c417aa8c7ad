//! Who trusts whom between vCenters, as a grid, and what its question marks wait for.

use std::collections::HashMap;

use super::RenderError;
use super::page::{Page, REST};
use super::rows::{Matrix, Sheet};
use super::style::{Mark, Span, Style};
use super::table::Table;
use crate::finding::ServerNames;
use crate::finding::words::{count, grouped, listing};
use crate::text::brief;

/// Above this only parties that miss something are shown.
const WHOLE: usize = 60;
/// How many missing facts are listed below a grid.
const MISSING: usize = 12;
/// How many vCenters of one party are named.
const TOGETHER: usize = 8;

pub(super) fn draw(page: &mut Page, sheet: &Sheet) -> Result<(), RenderError> {
    let matrix = sheet.matrix.as_ref().ok_or(RenderError::Missing("matrix"))?;
    if !matrix.is_whole() {
        return Err(RenderError::Json("its matrix does not have one answer for each pair of parties".to_owned()));
    }
    page.heading("TRUST BETWEEN VCENTERS", "rows trust, columns present");
    if matrix.parties.is_empty() {
        page.line(2, ["no vCenter is known".into()]);
        return Ok(());
    }
    let rows = sheet.shown_rows();
    verdict(page, sheet, matrix, &rows);
    let most = page.most(TOGETHER);
    for party in rows.iter().map(|row| &matrix.parties[*row]).filter(|party| party.vcenters.len() > 1) {
        let together = listing(&party.vcenters, most, ", ");
        let text = format!("{} stands for {together}: one SSO domain shares its trust", party.name);
        page.line(2, [text.into()]);
    }
    let names: ServerNames = matrix.parties.iter().flat_map(|party| &party.vcenters).collect();
    trusted_by(page, matrix, &rows, &names);
    let whole = page.most(WHOLE);
    let all = matrix.parties.len();
    let shown = if all > whole { gaps(matrix, &rows) } else { Shown { rows, columns: (0..all).collect() } };
    if shown.rows.is_empty() {
        missing(page, matrix.missing.iter().map(|one| (one.what.clone(), one.links)));
        return Ok(());
    }
    if all > whole {
        let with = count(shown.columns.len(), "vCenter", "vCenters");
        page.line(2, [format!("only the {with} with gaps are shown").into()]);
    }
    if shown.columns.len() > whole || !grid(page, matrix, &shown, &names) {
        pairs(page, matrix, &shown, &names);
    }
    missing(page, matrix.missing.iter().map(|one| (one.what.clone(), one.links)));
    Ok(())
}

/// Says who of the other vCenters may not trust those that the page is limited to.
fn trusted_by(page: &mut Page, matrix: &Matrix, rows: &[usize], names: &ServerNames) {
    let short = |party: usize| brief(names.short(&matrix.parties[party].name));
    let most = page.most(TOGETHER);
    for column in rows {
        for (sign, words) in [("-", "is not trusted by"), ("?", "may or may not be trusted by")] {
            let others = matrix.others(rows, sign).into_iter().filter(|(_, to)| to == column);
            let others: Vec<String> = others.map(|(row, _)| short(row)).collect();
            if !others.is_empty() {
                let text = format!(" {words} {}", listing(&others, most, ", "));
                page.marked(2, Mark::of_cell(sign), [Span::new(short(*column), Style::Strong), text.into()]);
            }
        }
    }
}

/// The rows and columns that are drawn; every row is among the columns.
struct Shown {
    rows: Vec<usize>,
    columns: Vec<usize>,
}

fn verdict(page: &mut Page, sheet: &Sheet, matrix: &Matrix, rows: &[usize]) {
    let size = matrix.parties.len();
    let (untrusted, unknown) = (matrix.count(rows, "-"), matrix.count(rows, "?"));
    let others = matrix.others(rows, "-").len() + matrix.others(rows, "?").len();
    if untrusted + unknown == 0 {
        let text = match (size, rows.len()) {
            (1, _) => "the only party trusts itself".to_owned(),
            (size, rows) if rows == size => format!("all of {} trust each other", count(size, "party", "parties")),
            _ => {
                let asked = listing(&sheet.vcenters, page.most(TOGETHER), ", ");
                let (trusts, is) = if sheet.vcenters.len() == 1 { ("trusts", "is") } else { ("trust", "are") };
                let back = if others == 0 { format!(" and {is} trusted by every vCenter") } else { String::new() };
                format!("{asked} {trusts} every vCenter{back}")
            }
        };
        // A tick says that nothing else is open either.
        return match sheet.unknown().filter(|_| sheet.outcome(|all| all.matrix).unknown) {
            // Who does not trust them is said below.
            _ if others > 0 => page.marked(2, Mark::Open, [text.into()]),
            None => page.marked(2, Mark::Good, [text.into()]),
            Some(unknown) => page.marked(2, Mark::Open, [format!("{text}; {unknown}").into()]),
        };
    }
    let links = count(rows.len() * size, "link", "links");
    if untrusted == 0 {
        return page.marked(2, Mark::Open, [format!("{} of {links} not known", grouped(unknown)).into()]);
    }
    let more = if unknown > 0 { format!(", {} not known", grouped(unknown)) } else { String::new() };
    page.marked(2, Mark::Bad, [format!("{} of {links} untrusted{more}", grouped(untrusted)).into()]);
}

/// Of these rows, and of all columns, those with a gap: who does not trust somebody or is not trusted by somebody.
fn gaps(matrix: &Matrix, rows: &[usize]) -> Shown {
    let all = 0..matrix.parties.len();
    let mut lacking = vec![false; all.len()];
    for row in rows {
        for column in all.clone().filter(|column| matrix.cell(*row, *column) != "+") {
            lacking[*row] = true;
            lacking[column] = true;
        }
    }
    let rows = rows.iter().copied().filter(|row| lacking[*row]).collect();
    Shown { rows, columns: all.filter(|party| lacking[*party]).collect() }
}

/// Draws the grid; `false` where its columns would be numbers that no row explains.
fn grid(page: &mut Page, matrix: &Matrix, shown: &Shown, names: &ServerNames) -> bool {
    let Shown { rows, columns } = shown;
    let label = |party: usize| brief(names.short(&matrix.parties[party].name));
    let labels: Vec<String> = columns.iter().map(|party| label(*party)).collect();
    let widest = labels.iter().map(|label| page.columns(label)).max().unwrap_or_default();
    // Names stand over the columns while they fit; beyond that, columns have numbers.
    let fits = widest + labels.len() * (widest + 2) + 6 <= page.canvas.width();
    if !fits && rows.len() < columns.len() {
        return false;
    }
    let digits = labels.len().to_string().len();
    let head = |(index, label): (usize, &String)| if fits { label.clone() } else { (index + 1).to_string() };
    let mut table = Table::grid(labels.iter().enumerate().map(head));
    for (index, row) in rows.iter().enumerate() {
        let label = label(*row);
        let side = if fits { format!("  {label}") } else { format!("  {:>digits$} {label}", index + 1) };
        let answers = columns.iter().map(|column| Mark::of_cell(matrix.cell(*row, *column)));
        table.answers(vec![Span::new(side, Style::Strong)], answers);
    }
    table.draw_in_bands(page);
    let legend = [(Mark::Good, "trusts"), (Mark::Bad, "does not trust"), (Mark::Open, "not known")];
    let legend =
        legend.into_iter().flat_map(|(mark, words)| [mark.span(), Span::new(format!(" {words}   "), Style::Aside)]);
    page.line(2, legend);
    true
}

/// Says of each row whom it does not trust, where a grid would be too large.
fn pairs(page: &mut Page, matrix: &Matrix, shown: &Shown, names: &ServerNames) {
    let short = |party: usize| brief(names.short(&matrix.parties[party].name));
    let (whole, most) = (page.most(WHOLE), page.most(TOGETHER));
    for row in shown.rows.iter().take(whole) {
        for (sign, words) in [("-", "does not trust"), ("?", "may or may not trust")] {
            let columns = shown.columns.iter().filter(|column| matrix.cell(*row, **column) == sign);
            let columns: Vec<String> = columns.map(|column| short(*column)).collect();
            if !columns.is_empty() {
                let text = format!(" {words} {}", listing(&columns, most, ", "));
                page.marked(2, Mark::of_cell(sign), [Span::new(short(*row), Style::Strong), text.into()]);
            }
        }
    }
    page.rest(shown.rows.len(), whole, REST);
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
    let most = page.most(MISSING);
    for (what, links) in order.iter().take(most) {
        page.marked(2, Mark::Open, [format!("{} not known without {what}", count(*links, "link", "links")).into()]);
    }
    page.rest(order.len(), most, REST);
}

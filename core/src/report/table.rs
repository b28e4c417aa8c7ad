//! Tables: columns as wide as what is in them, folded where the canvas is narrower, and bands where even that is too wide.

use super::page::Page;
use super::style::{Mark, Span, Style};
use super::wrap::rows;

/// What lies between two columns.
const GAP: usize = 2;

/// The least that a column is folded to.
const NARROW: usize = 8;

/// Where a cell stands in its column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Align {
    Left,
    Right,
    Centre,
}

/// A column: its head, and whether it may be folded.
#[derive(Debug, Clone)]
pub(super) struct Column {
    head: Span,
    align: Align,
    folds: bool,
}

impl Column {
    pub(super) fn new(head: Span, align: Align) -> Self {
        Self { head, align, folds: false }
    }

    /// A column whose cells take several lines where there is no room.
    pub(super) fn folding(head: Span) -> Self {
        Self { head, align: Align::Left, folds: true }
    }
}

/// A cell is one text of several styles.
pub(super) type Cell = Vec<Span>;

/// Rows of cells under their heads.
#[derive(Debug)]
pub(super) struct Table {
    columns: Vec<Column>,
    rows: Vec<Vec<Cell>>,
}

impl Table {
    pub(super) fn new(columns: Vec<Column>) -> Self {
        Self { columns, rows: Vec::new() }
    }

    /// A grid: a side of labels, and answers centred under strong heads.
    pub(super) fn grid(heads: impl Iterator<Item = impl Into<String>>) -> Self {
        let side = Column::new("".into(), Align::Left);
        let heads = heads.map(|head| Column::new(Span::new(head, Style::Strong), Align::Centre));
        Self::new(std::iter::once(side).chain(heads).collect())
    }

    /// A row of a grid.
    pub(super) fn answers(&mut self, label: Cell, answers: impl Iterator<Item = Mark>) {
        self.row(std::iter::once(label).chain(answers.map(|answer| vec![answer.span()])).collect());
    }

    pub(super) fn row(&mut self, cells: Vec<Cell>) {
        self.rows.push(cells);
    }

    /// Draws it in one piece; the columns that may be folded share what room there is.
    pub(super) fn draw(&self, page: &mut Page) {
        let widths = self.folded(page);
        let all: Vec<usize> = (0..self.columns.len()).collect();
        self.band(page, &widths, &all);
    }

    /// Draws it in bands: where not all columns fit, the first one is repeated before the next of them. No column is lost.
    pub(super) fn draw_in_bands(&self, page: &mut Page) {
        let widths = self.natural(page);
        let side = widths.first().copied().unwrap_or_default();
        let mut band = vec![0];
        let mut used = side;
        for (column, width) in widths.iter().enumerate().skip(1) {
            if used + GAP + width > page.canvas.width() && band.len() > 1 {
                self.band(page, &widths, &band);
                page.blank();
                band.truncate(1);
                used = side;
            }
            band.push(column);
            used += GAP + width;
        }
        self.band(page, &widths, &band);
    }

    /// How wide each column is by what is in it.
    fn natural(&self, page: &Page) -> Vec<usize> {
        let of = |cell: &[Span]| cell.iter().map(|span| page.columns(&span.text)).sum::<usize>();
        let head = |column: &Column| page.columns(&column.head.text);
        let widest = |index: usize| self.rows.iter().filter_map(|row| row.get(index)).map(|cell| of(cell)).max();
        let columns = self.columns.iter().enumerate();
        columns.map(|(index, column)| head(column).max(widest(index).unwrap_or_default())).collect()
    }

    /// The same, with the widest of those that may be folded made narrower until all fit.
    fn folded(&self, page: &Page) -> Vec<usize> {
        let mut widths = self.natural(page);
        let gaps = GAP * widths.len().saturating_sub(1);
        loop {
            let excess = (widths.iter().sum::<usize>() + gaps).saturating_sub(page.canvas.width());
            let folding = |index: &usize| self.columns[*index].folds && widths[*index] > NARROW;
            let Some(widest) = (0..widths.len()).filter(folding).max_by_key(|index| widths[*index]) else {
                return widths;
            };
            if excess == 0 {
                return widths;
            }
            let others = (0..widths.len()).filter(|index| *index != widest && self.columns[*index].folds);
            let second = others.map(|index| widths[index]).max().unwrap_or(NARROW).clamp(NARROW, widths[widest] - 1);
            widths[widest] -= excess.min(widths[widest] - second);
        }
    }

    fn band(&self, page: &mut Page, widths: &[usize], band: &[usize]) {
        let heads: Vec<Cell> = self.columns.iter().map(|column| vec![column.head.clone()]).collect();
        for row in std::iter::once(&heads).chain(&self.rows) {
            let pieces: Vec<Vec<Cell>> = band.iter().map(|index| folded(page, &row[*index], widths[*index])).collect();
            let height = pieces.iter().map(Vec::len).max().unwrap_or_default();
            for line in 0..height {
                let mut spans = Vec::new();
                for (position, index) in band.iter().enumerate() {
                    let cell = pieces[position].get(line).map_or(&[][..], Vec::as_slice);
                    if position > 0 {
                        spans.push(" ".repeat(GAP).into());
                    }
                    spans.extend(aligned(page, cell, widths[*index], self.columns[*index].align));
                }
                page.cells(spans);
            }
        }
    }
}

/// A cell in its column.
fn aligned(page: &Page, cell: &[Span], width: usize, align: Align) -> Vec<Span> {
    let room = width.saturating_sub(cell.iter().map(|span| page.columns(&span.text)).sum());
    let before = match align {
        Align::Left => 0,
        Align::Right => room,
        Align::Centre => room / 2,
    };
    let blanks = |count: usize| Span::from(" ".repeat(count));
    std::iter::once(blanks(before)).chain(cell.iter().cloned()).chain([blanks(room - before)]).collect()
}

/// A cell in as many lines as it takes. One that has several styles is never folded.
fn folded(page: &Page, cell: &[Span], width: usize) -> Vec<Cell> {
    match cell {
        [one] if page.columns(&one.text) > width => {
            let text = page.canvas.clean(&one.text).into_owned();
            let pieces = rows(&text, width).into_iter();
            pieces.map(|(start, end)| vec![Span::new(text[start..end].trim_end(), one.style)]).collect()
        }
        _ => vec![cell.to_vec()],
    }
}

/// A head of a column.
pub(super) fn head(text: impl Into<String>) -> Span {
    Span::new(text, Style::Aside)
}

#[cfg(test)]
mod tests {
    use unicode_width::UnicodeWidthStr;

    use super::super::canvas::Canvas;
    use super::*;

    fn grid(columns: usize) -> Table {
        let mut table = Table::grid((0..columns).map(|index| format!("vc{index:02}")));
        table.answers(vec!["row".into()], (0..columns).map(|_| Mark::Good));
        table
    }

    #[test]
    fn no_column_is_lost_at_any_width() {
        for width in [20, 21, 40, 79, 80, 400] {
            let mut page = Page::new(Canvas::new(width, false, true));
            grid(40).draw_in_bands(&mut page);
            let text = page.finish();
            assert!((0..40).all(|index| text.contains(&format!("vc{index:02}"))), "{width}\n{text}");
            assert_eq!(text.matches('✓').count(), 40);
            assert!(text.lines().all(|line| line.width() <= width), "{width}\n{text}");
        }
    }

    #[test]
    fn cells_fold_at_words_and_lose_nothing() {
        let mut table = Table::new(vec![Column::new(head("days"), Align::Right), Column::folding(head("certificate"))]);
        table.row(vec![vec!["7".into()], vec!["a name of many words that is wider than the page".into()]]);
        let mut page = Page::new(Canvas::new(30, false, true));
        table.draw(&mut page);
        let text = page.finish();
        assert_eq!(text, "days  certificate\n   7  a name of many words\n      that is wider than the\n      page\n");
    }
}

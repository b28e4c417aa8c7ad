//! A page: headings, paragraphs that are wrapped at words, and tables, drawn on a canvas.

use unicode_width::UnicodeWidthStr;

use super::canvas::Canvas;
use super::style::{Mark, Span, Style};
use super::wrap::rows;
use crate::finding::words::grouped;

/// What stands behind the number of what is not shown.
pub(super) const REST: &str = "; --full or the JSON shows all";

/// Lines as they are drawn.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) canvas: Canvas,
    text: String,
}

impl Page {
    pub(super) fn new(canvas: Canvas) -> Self {
        Self { canvas, text: String::new() }
    }

    /// The lines so far.
    pub(super) fn finish(self) -> String {
        self.text
    }

    /// The head of a section, with a blank line before it.
    pub(super) fn heading(&mut self, title: &str, note: &str) {
        self.blank();
        let note = if note.is_empty() { String::new() } else { format!("  {note}") };
        self.line(0, [Span::new(title, Style::Strong), Span::new(note, Style::Aside)]);
    }

    pub(super) fn blank(&mut self) {
        self.text.push('\n');
    }

    /// One paragraph, wrapped at its indent.
    pub(super) fn line(&mut self, indent: usize, spans: impl IntoIterator<Item = Span>) {
        let (text, styles) = self.laid(spans);
        let width = self.canvas.width().saturating_sub(indent).max(20);
        for (start, end) in rows(&text, width) {
            self.text.extend(std::iter::repeat_n(' ', indent));
            self.draw(&text, &styles, start, end);
        }
    }

    /// One paragraph that begins with a mark.
    pub(super) fn marked(&mut self, indent: usize, mark: Mark, spans: impl IntoIterator<Item = Span>) {
        self.line(indent, [mark.span(), " ".into()].into_iter().chain(spans));
    }

    /// What to do.
    pub(super) fn advise(&mut self, indent: usize, advice: &str) {
        self.line(indent, [Span::new("→ ", Style::Advice), Span::new(advice, Style::Advice)]);
    }

    /// How many of a list are shown: so many, or all where all are wanted.
    pub(super) const fn most(&self, number: usize) -> usize {
        if self.canvas.is_full { usize::MAX } else { number }
    }

    /// How many more there are than are shown, where there are; `where_all` is said behind the number.
    pub(super) fn rest(&mut self, all: usize, shown: usize, where_all: &str) {
        if all > shown {
            let text = format!("and {} more{where_all}", grouped(all - shown));
            self.line(2, [Span::new(text, Style::Aside)]);
        }
    }

    /// A line of cells as they are: whoever makes them has seen that they fit.
    pub(super) fn cells(&mut self, spans: impl IntoIterator<Item = Span>) {
        let (text, styles) = self.laid(spans);
        self.draw(&text, &styles, 0, text.len());
    }

    /// How many columns a text takes here.
    pub(super) fn columns(&self, text: &str) -> usize {
        self.canvas.clean(text).width()
    }

    /// The text as this canvas shows it, and where each style ends.
    fn laid(&self, spans: impl IntoIterator<Item = Span>) -> (String, Vec<(usize, Style)>) {
        let mut text = String::new();
        let mut styles = Vec::new();
        for span in spans {
            text.push_str(&self.canvas.clean(&span.text));
            styles.push((text.len(), span.style));
        }
        (text, styles)
    }

    /// Draws a part of a text, without the blanks at its end.
    fn draw(&mut self, text: &str, styles: &[(usize, Style)], start: usize, end: usize) {
        let end = start + text[start..end].trim_end_matches(' ').len();
        let mut at = start;
        for (until, style) in styles {
            let until = (*until).min(end);
            if until <= at {
                continue;
            }
            let part = &text[at..until];
            match style.ansi() {
                ansi if self.canvas.has_colour && !ansi.is_empty() => {
                    self.text.extend(["\u{1b}[", ansi, "m", part, "\u{1b}[0m"]);
                }
                _ => self.text.push_str(part),
            }
            at = until;
        }
        self.text.push('\n');
    }
}

//! Styles as attributes of text: what a word is to the reader, and the colour that a terminal gives it.

use crate::assess::Trust;
use crate::catalogue::Severity;

/// What a piece of text is to the reader.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Style {
    /// Text.
    #[default]
    Plain,
    /// What the eye looks for.
    Strong,
    /// What is said beside.
    Aside,
    /// It is well.
    Good,
    /// It is wrong.
    Wrong,
    /// It is nearly wrong.
    Alarming,
    /// It is open, or wrong before long.
    Open,
    /// What to do.
    Advice,
}

impl Style {
    /// How a severity is drawn.
    pub(super) const fn of(severity: Severity) -> Self {
        match severity {
            Severity::Critical => Self::Wrong,
            Severity::High => Self::Alarming,
            Severity::Medium => Self::Open,
            Severity::Low => Self::Advice,
            Severity::Info => Self::Aside,
        }
    }

    /// The parameters of the ANSI escape that begins it; nothing for plain text.
    pub(super) const fn ansi(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Strong => "1",
            Self::Aside => "2",
            Self::Good => "32",
            Self::Wrong => "1;31",
            Self::Alarming => "31",
            Self::Open => "33",
            Self::Advice => "36",
        }
    }
}

/// A text and its style.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) text: String,
    pub(super) style: Style,
}

impl Span {
    pub(super) fn new(text: impl Into<String>, style: Style) -> Self {
        Self { text: text.into(), style }
    }
}

impl<T: Into<String>> From<T> for Span {
    fn from(text: T) -> Self {
        Self::new(text, Style::Plain)
    }
}

/// What is to be said of a link or of a whole: it is well, it is not, or nobody can tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    Good,
    Bad,
    Open,
    /// There is nothing to judge.
    Nothing,
}

impl Mark {
    /// The mark of what was not read, by whether a certificate may be in it.
    pub(super) const fn of_block(hides_nothing: bool) -> Self {
        if hides_nothing { Self::Open } else { Self::Bad }
    }

    /// The mark of a cell in the JSON of a matrix; what says neither yes nor no is open.
    pub(super) fn of_cell(sign: &str) -> Self {
        match sign {
            "+" => Self::Good,
            "-" => Self::Bad,
            _ => Self::Open,
        }
    }

    pub(super) fn span(self) -> Span {
        match self {
            Self::Good => Span::new("✓", Style::Good),
            Self::Bad => Span::new("✗", Style::Wrong),
            Self::Open => Span::new("?", Style::Open),
            Self::Nothing => Span::new("·", Style::Aside),
        }
    }
}

impl From<Trust> for Mark {
    fn from(answer: Trust) -> Self {
        match answer {
            Trust::Trusted => Self::Good,
            Trust::Untrusted => Self::Bad,
            Trust::Unknown => Self::Open,
        }
    }
}

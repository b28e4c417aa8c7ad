//! Why a page cannot be drawn.

/// Why a page cannot be drawn.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RenderError {
    /// The text is not a report.
    #[error("not a readable report: {0}")]
    Json(String),
    /// There is no such view.
    #[error("`{0}` is not a view: write audit, matrix, reasons, expiry, unreadable, verdict or probes")]
    View(String),
    /// The report has not what the view shows.
    #[error("the report has no {0}, which this view needs")]
    Missing(&'static str),
}

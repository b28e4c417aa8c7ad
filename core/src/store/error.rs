//! Why an input could not be read at all.

/// An input of which nothing can be said, as opposed to one with unreadable blocks in it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// The input is larger than this library reads.
    #[error("{input}: {}", self.reason())]
    TooLarge {
        /// The file or server, as the caller named it.
        input: String,
        /// The input's length in bytes.
        length: usize,
        /// The limit in bytes.
        limit: usize,
    },
    /// The input lists more than is read.
    #[error("{input}: {}", self.reason())]
    TooMany {
        /// The file or server, as the caller named it.
        input: String,
        /// What there are too many of.
        what: &'static str,
        /// How many are read.
        limit: usize,
    },
    /// There is no certificate, no CRL and no listing of them in the input, and nothing that fails to be one.
    #[error("{input}: {}", self.reason())]
    NothingFound {
        /// The file or server, as the caller named it.
        input: String,
        /// What the reader looked for.
        looked_for: &'static str,
        /// What the input is instead, and what to run, where that is known.
        what: Option<&'static str>,
    },
    /// The input's outer form, JSON or an archive, is broken, so that nothing inside can be reached.
    #[error("{input}: {}", self.reason())]
    Malformed {
        /// The file or server, as the caller named it.
        input: String,
        /// `JSON` or `a zip archive`.
        form: &'static str,
        /// What is wrong, with its line where there is one.
        reason: String,
    },
}

impl StoreError {
    /// What is wrong, without the name of the input: for callers who add that themselves.
    #[must_use]
    pub fn reason(&self) -> String {
        match self {
            Self::TooLarge { length, limit, .. } => format!("{length} bytes are more than the {limit} that are read"),
            Self::TooMany { what, limit, .. } => {
                format!("more than {limit} {what} are listed, which no appliance has")
            }
            Self::NothingFound { what: Some(what), .. } => (*what).to_owned(),
            Self::NothingFound { looked_for, .. } => format!("nothing found; looked for {looked_for}"),
            Self::Malformed { form, reason, .. } => format!("not readable as {form}: {reason}"),
        }
    }
}

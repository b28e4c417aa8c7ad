//! Errors by their numbers: what stays the same in every language and every release. One line of one table each; what C,
//! Python, C# and the documentation say of them is written from it or compared with it.

/// What there is to say about an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ErrorEntry {
    /// Which error.
    pub code: ErrorCode,
    /// The version it appeared in.
    pub since: &'static str,
    /// What it says, in one sentence.
    pub summary: &'static str,
    /// What to do.
    pub remedy: &'static str,
}

macro_rules! errors {
    ($($number:literal $variant:ident $name:literal, $since:literal, $summary:literal, $remedy:literal;)*) => {
        /// The stable number of an [`Error`](crate::Error); append only. Families: 1-99 boundary and options, 100 PEM and DER,
        /// 200 store, 220 estate, 300 path input, 600 on the way to a server, 700 vSphere, 800 file; 400 is kept for logs and
        /// 500 for plans.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(i32)]
        pub enum ErrorCode {
            $(#[doc = $summary] $variant = $number,)*
        }

        impl ErrorCode {
            /// The stable name: `server-name`, `no-block`, ...
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }
        }

        /// Every error, by number.
        pub const ERRORS: &[ErrorEntry] = &[$(ErrorEntry {
            code: ErrorCode::$variant,
            since: $since,
            summary: $summary,
            remedy: $remedy,
        },)*];
    };
}

errors! {
    1 Panic "panic", "0.1.0", "A defect of the library: a panic that a binding stopped at its border.", "Report it with the input.";
    2 Argument "argument", "0.1.0", "An argument of a binding has the wrong form.", "Correct the argument the message names.";
    8 Forked "forked", "0.1.0", "Something that one process opened was used in another process, forked from it.", "Open it again in the process that uses it, or start processes without fork (in Python: multiprocessing with spawn).";
    10 Time "time", "0.1.0", "A time is neither a date nor RFC 3339.", "Write 2026-06-01 or 2026-06-01T12:00:00Z.";
    11 Profile "profile", "0.1.0", "A profile name is unknown.", "Write strict, openssl, java, go or webpki.";
    12 Thresholds "thresholds", "0.1.0", "A threshold profile is unknown.", "Write vsphere, vcenter-host, vasa, sos, vcert, vdt, or two numbers of days such as 60/30.";
    100 Pem "pem", "0.1.0", "PEM text could not be read.", "Look at the line the message names; export the block again.";
    101 NoBlock "no-block", "0.1.0", "The input holds no PEM block of the wanted kind.", "Check that it is the right file.";
    110 Certificate "certificate", "0.1.0", "Bytes are not a readable certificate or CRL.", "Export it again.";
    200 Store "store", "0.1.0", "A trust store or a file of certificates could not be read at all.", "Check that it is the right file and complete; export it again.";
    220 Estate "estate", "0.1.0", "The text is not an estate.", "Check it against docs/schema/estate.schema.json.";
    300 Chain "chain", "0.1.0", "The presented chain is empty or too long.", "Pass the end-entity certificate first, and no more certificates than a server sends.";
    301 ServerName "server-name", "0.1.0", "A server name is neither a DNS name nor an address.", "Pass the bare name, without scheme and port.";
    310 Untrusted "untrusted", "0.1.0", "The chain is not trusted, and a binding was asked to fail in that case.", "Read the rejections.";
    600 Resolve "resolve", "0.1.0", "A host name has no address.", "Check the name and the DNS server of this machine.";
    601 Connect "connect", "0.1.0", "A connection to a server could not be made, or was lost.", "Check that the server runs and that a firewall lets this machine through.";
    602 Handshake "handshake", "0.1.0", "A TLS handshake failed.", "Read the alert and which side raised it: the message says what the other side refused.";
    603 ServerUntrusted "server-untrusted", "0.1.0", "The certificate of a server is not trusted, so it was not queried.", "Check the fingerprint by other means, then give the CA's file or pin the fingerprint, as the message says.";
    604 Timeout "timeout", "0.1.0", "A server did not answer in time.", "Try again, or allow more time.";
    605 Cancelled "cancelled", "0.1.0", "The caller stopped the work.", "Start it again; nothing was changed.";
    606 Response "response", "0.1.0", "A server's answer does not follow the protocol.", "Check that the address belongs to a vCenter or host and that no proxy answers in its place.";
    607 TooLarge "too-large", "0.1.0", "A server's answer is larger than allowed.", "Check what answers at this address.";
    608 OutcomeUnknown "outcome-unknown", "0.1.0", "A change was sent to a server, and its answer was lost.", "Read back what the server has before you try again: the change may have been made.";
    700 Unauthenticated "unauthenticated", "0.1.0", "A login was refused, or a session has ended.", "Check user and password; a locked account needs an administrator.";
    701 Forbidden "forbidden", "0.1.0", "The user lacks a privilege.", "Grant the privilege the message names, at the object it names or as a global permission.";
    702 RemoteNotFound "remote-not-found", "0.1.0", "The requested object is not on the server.", "List what exists and ask again.";
    703 Fault "fault", "0.1.0", "A server answered with a fault.", "Read the fault's type and message.";
    704 Unsupported "unsupported", "0.1.0", "A server's version does not support the request.", "The message says what is missing; a newer version may have it.";
    705 Unavailable "unavailable", "0.1.0", "A service of the server is not available at the moment.", "Wait for its services to start, and try again.";
    710 Inventory "inventory", "0.1.0", "The inventory file is wrong.", "Correct the line the message names.";
    711 Credentials "credentials", "0.1.0", "A user or password is missing from the place that the inventory names.", "Set the variable or write the file the message names.";
    800 File "file", "0.1.0", "A file or folder could not be read.", "Check its path, permissions and size.";
}

impl ErrorCode {
    /// The number, as the bindings hand it out.
    #[must_use]
    #[expect(clippy::as_conversions, reason = "the enum is repr(i32), and nothing else turns it into its number")]
    pub const fn number(self) -> i32 {
        self as i32
    }
}

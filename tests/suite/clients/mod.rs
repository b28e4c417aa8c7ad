//! The clients of vCenter's APIs: where they connect, and answers that no vCenter should give.

mod amounts;
mod datastores;
mod echoes;
mod escapes;
mod paths;
mod places;
mod roots;
mod words;

//! `certs/download.zip`: the roots a vCenter offers to everyone, without a login.

use bytes::Bytes;
use reqwest::Method;
use reqwest::header::HeaderMap;

use super::target::Target;
use crate::net::control::Cancel;
use crate::net::error::NetError;
use crate::net::http::{Http, Repeat, Request};

/// The largest archive that is read, in bytes.
const LARGEST_ARCHIVE: usize = 32 << 20;

/// The archive's bytes, for [`TrustStore::from_zip`](crate::TrustStore::from_zip). No credentials are sent.
///
/// # Errors
/// [`NetError`]; `NotFound` where the server does not offer it.
pub async fn certificate_archive(target: &Target, cancel: &Cancel) -> Result<Vec<u8>, NetError> {
    fetch(&target.http(cancel)?).await
}

pub(super) async fn fetch(http: &Http) -> Result<Vec<u8>, NetError> {
    const WHAT: &str = "GET certs/download.zip";
    let request = Request {
        what: WHAT,
        method: Method::GET,
        path: "/certs/download.zip",
        headers: HeaderMap::new(),
        body: Bytes::new(),
        limit: LARGEST_ARCHIVE,
        repeat: Repeat::Safe,
    };
    let mut answer = http.send(&request).await?;
    let (server, what) = (http.server.to_string(), WHAT.to_owned());
    match answer.status.as_u16() {
        200 if answer.body.starts_with(b"PK") => Ok(std::mem::take(&mut *answer.body)),
        200 => Err(NetError::Response { server, what, reason: "it is not a ZIP archive".to_owned() }),
        401 => Err(NetError::Unauthenticated { server, reason: "HTTP 401".to_owned() }),
        404 => Err(NetError::NotFound { server, what: "certs/download.zip".to_owned() }),
        status @ 500..=599 => Err(NetError::Unavailable { server, what, status }),
        _ => Err(NetError::Response { server, what, reason: answer.words() }),
    }
}

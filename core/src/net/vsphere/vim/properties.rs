//! The property collector: values of managed objects, page by page.

use std::collections::HashSet;

use super::super::records::{Missing, Moref};
use super::super::wire::fault;
use super::super::wire::soap::{moref, reference};
use super::super::wire::xml::{Element, escaped, tag};
use super::Vim;
use crate::net::error::{Fault, NetError};
use crate::net::http::{Http, Repeat, Stop};

/// How many objects a page asks for: one answer stays below a megabyte or two.
const PAGE: u32 = 100;

/// The most pages of one listing: a server that gives one host a page ends before.
const MOST_PAGES: usize = 30_000;

/// The most objects of one listing. The largest vCenter has 2,500 hosts, and 15 linked ones have 15,000.
const MOST_OBJECTS: usize = 20_000;

/// The most bytes of all pages of one listing.
const MOST_BYTES: usize = 256 << 20;

/// The most properties of one object that a server says it does not give; no more are asked for.
const MOST_MISSING: usize = 32;

/// One object with the properties that were asked for.
pub(super) struct ObjectContent {
    pub(super) moref: Moref,
    pub(super) values: Vec<(String, Element)>,
    pub(super) missing: Vec<Missing>,
}

impl ObjectContent {
    pub(super) fn value(&self, path: &str) -> Option<&Element> {
        self.values.iter().find(|(name, _)| name == path).map(|(_, value)| value)
    }

    pub(super) fn text(&self, path: &str) -> Option<String> {
        self.value(path).map(|value| value.text.trim().to_owned())
    }
}

impl Vim {
    /// The properties of objects, following every page. A page is given once, so after a lost one all are asked again.
    ///
    /// Each object becomes what `read` makes of it as its page comes, since the elements need many times the space.
    pub(super) async fn retrieve<T: Send + 'static>(
        &self,
        kind: &str,
        paths: &[&str],
        objects: &str,
        read: fn(&Http, ObjectContent) -> T,
    ) -> Result<Vec<T>, NetError> {
        match self.pages(kind, paths, objects, read).await {
            Err(NetError::Connect { .. } | NetError::Unavailable { .. }) => {
                self.pages(kind, paths, objects, read).await
            }
            other => other,
        }
    }

    async fn pages<T: Send + 'static>(
        &self,
        kind: &str,
        paths: &[&str],
        objects: &str,
        read: fn(&Http, ObjectContent) -> T,
    ) -> Result<Vec<T>, NetError> {
        const WHAT: &str = "RetrievePropertiesEx";
        const NEXT: &str = "ContinueRetrievePropertiesEx";
        let server = || self.soap.http.server.to_string();
        let bound = |limit, unit| NetError::TooLarge { server: server(), what: WHAT.to_owned(), limit, unit };
        let paths: String = paths.iter().map(|path| format!("<pathSet>{path}</pathSet>")).collect();
        let kind = tag("type", kind);
        let arguments = format!(
            "<specSet><propSet>{kind}<all>false</all>{paths}</propSet>{objects}</specSet>\
             <options><maxObjects>{PAGE}</maxObjects></options>"
        );
        let collector = &self.content.property_collector;
        let (mut out, mut tokens, mut bytes) = (Vec::new(), HashSet::new(), 0);
        let mut sent = self.soap.call_measured(WHAT, collector, &arguments, Repeat::Safe).await?;
        loop {
            let (answer, size) = sent;
            bytes += size;
            let http = self.soap.http.clone();
            let room = MOST_OBJECTS - out.len();
            let make = move |stop: &Stop| page(answer, room, stop, |element| read(&http, object(&http, element)));
            let Page { objects, is_whole, token } = self.soap.http.made(WHAT, size, make).await?;
            out.extend(objects);
            if !is_whole {
                return Err(bound(MOST_OBJECTS, "objects"));
            }
            let Some(token) = token else { return Ok(out) };
            if bytes > MOST_BYTES {
                return Err(bound(MOST_BYTES, "bytes"));
            }
            if tokens.len() >= MOST_PAGES {
                return Err(bound(MOST_PAGES, "pages"));
            }
            let arguments = format!("<token>{}</token>", escaped(&token));
            if !tokens.insert(token) {
                let reason = "its token for the next page is that of a page before".to_owned();
                return Err(NetError::Response { server: server(), what: NEXT.to_owned(), reason });
            }
            sent = self.soap.call_measured(NEXT, collector, &arguments, Repeat::Never).await?;
        }
    }

    /// One property of one object; `None` where it has no value now.
    pub(super) async fn property(&self, of: &Moref, path: &str) -> Result<Option<Element>, NetError> {
        let object = format!("<objectSet>{}</objectSet>", reference("obj", of));
        let mut found = self.retrieve(&of.kind, &[path], &object, |_, object| object).await?;
        let Some(object) = found.pop() else { return Ok(None) };
        match object.missing.into_iter().next() {
            Some(missing) => Err(not_given(&self.soap.http, format!("`{path}`"), of.to_string(), missing)),
            None => Ok(object.values.into_iter().next().map(|(_, value)| value)),
        }
    }
}

/// Why a property was not given, as an error: what was asked, and of which object.
pub(super) fn not_given(http: &Http, what: String, of: String, missing: Missing) -> NetError {
    let server = http.server.to_string();
    match missing.fault {
        kind if kind == "NoPermission" => {
            NetError::Forbidden { server, what, privilege: missing.privilege, object: Some(of) }
        }
        kind => NetError::Fault(Box::new(Fault { server, what: format!("{what} of {of}"), kind, ..Fault::default() })),
    }
}

/// All objects of a view.
pub(super) fn in_view(view: &Moref) -> String {
    format!(
        "<objectSet>{}<skip>true</skip><selectSet xsi:type=\"TraversalSpec\"><name>view</name>\
         <type>ContainerView</type><path>view</path><skip>false</skip></selectSet></objectSet>",
        reference("obj", view)
    )
}

/// One page of a listing.
struct Page<T> {
    objects: Vec<T>,
    /// Whether it has no more objects than there was room for.
    is_whole: bool,
    /// What the next one is asked for with.
    token: Option<String>,
}

/// What `each` makes of the objects of a page; nothing when it is stopped. No value at all is how a server answers that
/// there are none.
fn page<T>(answer: Element, room: usize, stop: &Stop, mut each: impl FnMut(Element) -> T) -> Option<Page<T>> {
    let mut page = Page { objects: Vec::new(), is_whole: true, token: None };
    let Some(value) = answer.children.into_iter().find(|child| &*child.name == "returnval") else { return Some(page) };
    for child in value.children {
        match &*child.name {
            "objects" if stop.is_due() => return None,
            "objects" if page.objects.len() == room => page.is_whole = false,
            "objects" => page.objects.push(each(child)),
            "token" => page.token = Some(child.text),
            _ => (),
        }
    }
    Some(page)
}

fn object(http: &Http, element: Element) -> ObjectContent {
    let value = |set: Element| {
        let name = set.text_of("name")?.trim().to_owned();
        Some((name, set.children.into_iter().find(|child| &*child.name == "val")?))
    };
    let missing = |set: &Element| {
        let detail = set.child("fault").and_then(|localized| localized.child("fault"));
        Some(Missing {
            what: http.words(set.text_of("path")?.trim()),
            fault: http.kind(detail.map_or("unknown", fault::kind)),
            privilege: detail.and_then(|detail| fault::privilege(http, detail)),
        })
    };
    ObjectContent {
        moref: element.child("obj").map(moref).unwrap_or_default(),
        missing: element.all("missingSet").filter_map(missing).take(MOST_MISSING).collect(),
        values: element.children.into_iter().filter(|child| &*child.name == "propSet").filter_map(value).collect(),
    }
}

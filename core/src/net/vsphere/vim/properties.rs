//! The property collector: values of managed objects, page by page.

use super::super::fault;
use super::super::records::{Missing, Moref};
use super::super::soap::{moref, reference};
use super::super::xml::{Element, escaped};
use super::Vim;
use crate::net::error::{Fault, NetError};
use crate::net::http::Repeat;

/// How many hosts a page asks for: one answer stays below a megabyte or two.
const PAGE: u32 = 100;

/// The most pages that are followed, should a server never end.
const MOST_PAGES: usize = 10_000;

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
    pub(super) async fn retrieve(
        &self,
        kind: &str,
        paths: &[&str],
        objects: &str,
    ) -> Result<Vec<ObjectContent>, NetError> {
        match self.pages(kind, paths, objects).await {
            Err(NetError::Connect { .. } | NetError::Unavailable { .. }) => self.pages(kind, paths, objects).await,
            other => other,
        }
    }

    async fn pages(&self, kind: &str, paths: &[&str], objects: &str) -> Result<Vec<ObjectContent>, NetError> {
        let paths: String = paths.iter().map(|path| format!("<pathSet>{path}</pathSet>")).collect();
        let arguments = format!(
            "<specSet><propSet><type>{kind}</type><all>false</all>{paths}</propSet>{objects}</specSet>\
             <options><maxObjects>{PAGE}</maxObjects></options>"
        );
        let collector = &self.content.property_collector;
        let mut out = Vec::new();
        let mut answer = self.soap.call("RetrievePropertiesEx", collector, &arguments, Repeat::Safe).await?;
        for _ in 0..MOST_PAGES {
            // No value at all is how nothing is answered.
            let Some(page) = answer.child("returnval") else { break };
            out.extend(page.all("objects").map(object));
            let Some(token) = page.text_of("token") else { break };
            let arguments = format!("<token>{}</token>", escaped(token));
            answer = self.soap.call("ContinueRetrievePropertiesEx", collector, &arguments, Repeat::Never).await?;
        }
        Ok(out)
    }

    /// One property of one object; `None` where it has no value now.
    pub(super) async fn property(&self, of: &Moref, path: &str) -> Result<Option<Element>, NetError> {
        let object = format!("<objectSet>{}</objectSet>", reference("obj", of));
        let mut found = self.retrieve(&of.kind, &[path], &object).await?;
        let Some(object) = found.pop() else { return Ok(None) };
        let server = self.soap.http.server.to_string();
        match object.missing.into_iter().next() {
            Some(missing) if missing.fault == "NoPermission" => Err(NetError::Forbidden {
                server,
                what: format!("`{path}`"),
                privilege: missing.privilege,
                object: Some(of.to_string()),
            }),
            Some(Missing { fault: kind, .. }) => Err(NetError::Fault(Box::new(Fault {
                server,
                what: format!("`{path}` of {of}"),
                kind,
                ..Fault::default()
            }))),
            None => Ok(object.values.into_iter().next().map(|(_, value)| value)),
        }
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

fn object(element: &Element) -> ObjectContent {
    let value = |set: &Element| Some((set.text_of("name")?.trim().to_owned(), set.child("val")?.clone()));
    let missing = |set: &Element| {
        let detail = set.child("fault").and_then(|localized| localized.child("fault"));
        Some(Missing {
            what: set.text_of("path")?.trim().to_owned(),
            fault: detail.map_or("unknown", fault::kind).to_owned(),
            privilege: detail.and_then(fault::privilege),
        })
    };
    ObjectContent {
        moref: element.child("obj").map(moref).unwrap_or_default(),
        values: element.all("propSet").filter_map(value).collect(),
        missing: element.all("missingSet").filter_map(missing).collect(),
    }
}

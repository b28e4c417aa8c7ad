//! Which objects a PropertyFilterSpec leads to, and which of their properties it wants.

use std::collections::{HashMap, HashSet};

use super::inventory::{Moref, is_a};
use super::objects::{every, property};
use super::value::Property;
use crate::route::Context;
use crate::soap::Fault;
use crate::state::Picked;
use crate::xml::Element;

/// The selections of one ObjectSpec. They refer to each other by name, so that a walk may go in circles.
#[derive(Default)]
struct Selections<'a> {
    all: Vec<Selection<'a>>,
    named: HashMap<&'a str, usize>,
}

/// A TraversalSpec, or with no path a reference to one.
struct Selection<'a> {
    name: Option<&'a str>,
    kind: &'a str,
    path: Option<&'a str>,
    skip: bool,
    next: Vec<usize>,
}

impl<'a> Selections<'a> {
    /// Reads every `selectSet` inside an element; the numbers of those directly inside.
    fn read(&mut self, element: &'a Element) -> Vec<usize> {
        let sets: Vec<&Element> = element.all("selectSet").collect();
        sets.into_iter().map(|set| self.add(set)).collect()
    }

    fn add(&mut self, set: &'a Element) -> usize {
        let next = self.read(set);
        let name = set.text_of("name").filter(|name| !name.is_empty());
        let path = set.text_of("path");
        let number = self.all.len();
        if let (Some(name), Some(_)) = (name, path) {
            self.named.insert(name, number);
        }
        let kind = set.text_of("type").unwrap_or_default();
        self.all.push(Selection { name, kind, path, skip: set.is_true("skip"), next });
        number
    }
}

/// A walk over the inventory.
struct Walk<'a, 'b> {
    context: &'a Context<'b>,
    selections: Selections<'a>,
    /// Object and selection that were followed already.
    followed: HashSet<(Moref, usize)>,
    found: Vec<Moref>,
}

impl Walk<'_, '_> {
    fn follow(&mut self, object: &Moref, numbers: &[usize]) -> Result<(), Fault> {
        for number in numbers {
            let Some(selection) = self.selections.all.get(*number) else { continue };
            let Some(path) = selection.path else {
                let name = selection.name.unwrap_or_default();
                let Some(named) = self.selections.named.get(name).copied() else {
                    return Err(Fault::invalid_argument("selectSet.name"));
                };
                self.follow(object, &[named])?;
                continue;
            };
            if !is_a(&object.0, selection.kind) || !self.followed.insert((object.clone(), *number)) {
                continue;
            }
            let (skip, next) = (selection.skip, selection.next.clone());
            let targets = match property(self.context, object, path) {
                None => return Err(Fault::not_found(object)),
                Some(Property::Invalid) => return Err(invalid(path)),
                Some(Property::Set(value)) => value.references(),
                Some(Property::Unset | Property::Missing(_)) => Vec::new(),
            };
            for target in targets {
                // An object comes before what lies behind it.
                if !skip {
                    self.found.push(target.clone());
                }
                self.follow(&target, &next)?;
            }
        }
        Ok(())
    }
}

/// `InvalidProperty`.
pub(super) fn invalid(path: &str) -> Fault {
    Fault::vim("InvalidProperty", "The property is not valid.").with(crate::xml::tag("name", path))
}

/// Type and paths of each PropertySpec; no paths are all of them.
fn wanted(spec: &Element) -> Vec<(&str, Option<Vec<String>>)> {
    let sets = spec.all("propSet").map(|set| {
        let kind = set.text_of("type").unwrap_or_default();
        let paths = set.texts("pathSet").into_iter().map(str::to_owned).collect::<Vec<_>>();
        (kind, (!set.is_true("all")).then_some(paths))
    });
    sets.collect()
}

/// The objects of one PropertyFilterSpec with the paths wanted of each, every object once.
pub(super) fn picked(context: &Context<'_>, spec: &Element) -> Result<Vec<Picked>, Fault> {
    let wanted = wanted(spec);
    let mut picked: Vec<Picked> = Vec::new();
    let mut known = HashSet::new();
    for set in spec.all("objectSet") {
        let start = set.reference_of("obj").ok_or_else(|| Fault::invalid_argument("specSet.objectSet.obj"))?;
        let mut selections = Selections::default();
        let first = selections.read(set);
        let found = if set.is_true("skip") { Vec::new() } else { vec![start.clone()] };
        let mut walk = Walk { context, selections, followed: HashSet::new(), found };
        walk.follow(&start, &first)?;
        for object in walk.found {
            let own: Vec<Option<&Vec<String>>> =
                wanted.iter().filter(|(kind, _)| is_a(&object.0, kind)).map(|(_, paths)| paths.as_ref()).collect();
            if own.is_empty() || !known.insert(object.clone()) {
                continue;
            }
            let paths = match own.iter().any(Option::is_none) {
                true => every(&object.0).into_iter().map(str::to_owned).collect(),
                false => own.into_iter().flatten().flatten().cloned().collect(),
            };
            picked.push(Picked { object, paths });
        }
    }
    Ok(picked)
}

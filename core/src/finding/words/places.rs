//! Where a finding is, in one line: each vCenter and part once, with the hosts it holds for.

use hashbrown::{HashMap, HashSet};

use super::sentences::listing;
use super::servers::ServerNames;
use crate::estate::Part;
use crate::finding::Subject;
use crate::store::Place;
use crate::text::printable;

/// How many places, and how many owners of each, are named.
pub(crate) const MOST: usize = 6;

/// Where all these are, in one line that names so many places, and so many owners of each. `of_files` says that files are
/// what is spoken of, so that each is named.
pub(crate) fn place(of_files: bool, subjects: &[Subject], names: &ServerNames, most: usize) -> String {
    let mut places: Vec<(String, Vec<String>)> = Vec::new();
    let mut positions = HashMap::new();
    let mut named = HashSet::new();
    for subject in subjects {
        let vcenter = subject.vcenter.as_deref().map_or("", |name| names.short(name));
        let part = subject.part.map_or("", Part::name);
        let place = [vcenter, part].into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
        let next = places.len();
        let position = *positions.entry((vcenter, part)).or_insert(next);
        if position == next {
            places.push((place.clone(), Vec::new()));
        }
        let owners = &mut places[position].1;
        let owner = subject.provider.as_deref().or(subject.host.as_deref()).filter(|name| !name.is_empty());
        match (owner, &subject.place) {
            (Some(owner), Some(read)) if of_files && read.source.is_some() => {
                owners.push(format!("{} ({})", names.short(owner), entry(read)));
            }
            (None, Some(read)) if of_files && read.source.is_some() && !place.is_empty() => owners.push(entry(read)),
            (Some(owner), _) if named.insert((position, owner)) => owners.push(names.short(owner).to_owned()),
            (None, Some(read)) if place.is_empty() => owners.push(read.to_string()),
            // An entry of a store is found again by its line and its alias.
            (None, Some(read)) if read.line.is_some() || read.alias.is_some() => owners.push(entry(read)),
            _ => (),
        }
    }
    let texts = places.into_iter().map(|(place, owners)| match (place.is_empty(), owners.is_empty()) {
        (false, false) => format!("{place}: {}", listing(&owners, most, ", ")),
        (false, true) => place,
        (true, _) => listing(&owners, most, ", "),
    });
    let texts: Vec<String> = texts.filter(|text| !text.is_empty()).collect();
    if texts.is_empty() { "the estate".to_owned() } else { printable(&listing(&texts, most, "; ")).into_owned() }
}

/// A place without the store, which the part says already.
fn entry(place: &Place) -> String {
    let line = place.line.map(|line| format!(" line {line}")).unwrap_or_default();
    let alias = place.alias.as_ref().map(|alias| format!(", alias {alias}")).unwrap_or_default();
    format!("{}{line}{alias}", place.source.as_deref().unwrap_or("input"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_place_is_named_once_with_its_owners() {
        let vcenter = "vc01.lab.example".into();
        let host = |name: &str| Subject::host(&vcenter, &name.into()).part(Part::Castore);
        let names = ServerNames::default();
        let all = [
            host("esx01.lab.example"),
            host("esx02.lab.example"),
            host("esx01.lab.example"),
            Subject::vcenter(&vcenter),
        ];
        assert_eq!(place(false, &all, &names, MOST), "vc01 castore: esx01, esx02; vc01");
        let provider = |name: &str| Subject::provider(&vcenter, &name.into());
        let both: ServerNames = ["vasa.a.example", "vasa.b.example"].into_iter().collect();
        assert_eq!(
            place(false, &[provider("vasa.a.example"), provider("vasa.b.example")], &both, MOST),
            "vc01: vasa.a.example, vasa.b.example"
        );
        assert_eq!(place(false, &[], &names, MOST), "the estate");
        let read = Subject::default().at(Place { source: Some("a.pem".into()), line: Some(3), ..Place::default() });
        assert_eq!(place(false, std::slice::from_ref(&read), &names, MOST), "a.pem line 3");
        let entry = Place { alias: Some("cb55".into()), ..read.place.unwrap_or_default() };
        let entry = Subject::vcenter(&vcenter).part(Part::TrustedRoots).at(entry);
        assert_eq!(place(false, &[entry], &names, MOST), "vc01 trusted-roots: a.pem line 3, alias cb55");
        let castore =
            host("esx01.lab.example").at(Place { source: Some("esx01/castore.txt".into()), ..Place::default() });
        assert_eq!(
            place(true, std::slice::from_ref(&castore), &names, MOST),
            "vc01 castore: esx01 (esx01/castore.txt)"
        );
        assert_eq!(place(false, &[castore], &names, MOST), "vc01 castore: esx01");
    }
}

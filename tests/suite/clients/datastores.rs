//! Which datastores are told of, and what is told of them.

use vitrust::net::fuzzing::{enveloped, scripted};

const VVOL: &str = "<propSet><name>summary.type</name><val>VVOL</val></propSet>";

/// What is told of a datastore with these properties; nothing of one that is none.
fn told(properties: &str) -> Option<String> {
    let object = format!("<objects><obj type=\"Datastore\">datastore-1</obj>{properties}</objects>");
    let pages = [
        ("RetrievePropertiesEx", format!("<returnval><token>1</token>{object}</returnval>")),
        ("ContinueRetrievePropertiesEx", "<returnval></returnval>".to_owned()),
    ];
    let shown = scripted(move |what| {
        let (operation, page) = pages.iter().find(|(operation, _)| *operation == what)?;
        Some((200, enveloped(operation, page.as_bytes())))
    });
    shown.split_once("DatastoreRecord ").map(|(_, record)| record.to_owned())
}

fn missing(path: &str, kind: &str) -> String {
    format!(
        "<missingSet><path>{path}</path><fault><fault xmlns:xsi=\"i\" xsi:type=\"{kind}\">\
         <object type=\"Datastore\">datastore-1</object><privilegeId>System.Read</privilegeId></fault></fault></missingSet>"
    )
}

fn info(urls: &[&str]) -> String {
    let provider = |url: &&str| {
        format!(
            "<vasaProviderInfo><provider><uid>u</uid><url> {url} </url><name>n</name></provider>\
             <arrayState><priority>1</priority><arrayId>a</arrayId><active>true</active></arrayState></vasaProviderInfo>"
        )
    };
    let providers: String = urls.iter().map(provider).collect();
    format!("<propSet><name>info</name><val><name>v</name><vvolDS>{providers}</vvolDS></val></propSet>")
}

#[test]
fn only_those_on_virtual_volumes_are_told_of_whatever_their_case() {
    let named = "<propSet><name>name</name><val>vvol-01</val></propSet>";
    let of = |kind: &str| told(&format!("{named}{}{}", VVOL.replace("VVOL", kind), info(&["https://a", "https://a"])));
    for kind in ["VVOL", "vvol", "Vvol"] {
        let record = of(kind).expect("it is told of");
        let wanted = "{ name: \"vvol-01\", providers: [\"https://a\"], failure: None }";
        assert!(record.starts_with(wanted), "{kind}: {record}");
    }
    for kind in ["VMFS", "NFS", "NFS41", "vsan", "OTHER", "LocalDS", "PMEM", ""] {
        assert_eq!(of(kind), None, "{kind}");
        // What may not be read of them is no matter.
        assert_eq!(told(&(VVOL.replace("VVOL", kind) + &missing("info", "NoPermission"))), None, "{kind}");
    }
    assert_eq!(told(named), None, "of what has no kind nobody says that it is one");
}

#[test]
fn providers_are_told_as_far_as_there_are_any() {
    let listed = told(&(VVOL.to_owned() + &info(&["https://b", "", "https://a"]))).expect("it is told of");
    let wanted = "{ name: \"datastore-1\", providers: [\"https://b\", \"https://a\"], failure: None }";
    assert!(listed.starts_with(wanted), "{listed}");
    for nothing in [info(&[]), info(&[""]), "<propSet><name>info</name><val/></propSet>".to_owned(), String::new()] {
        let record = told(&(VVOL.to_owned() + &nothing)).expect("it is told of");
        assert!(record.contains("providers: [], failure: None }"), "{nothing}: {record}");
    }
}

#[test]
fn what_is_not_given_is_one_failure_of_the_datastore() {
    let both = missing("summary.type", "NoPermission") + &missing("info", "NoPermission");
    for (properties, what) in [(VVOL.to_owned() + &missing("info", "NoPermission"), "`info`"), (both, "`summary.type`")]
    {
        let record = told(&properties).expect("it is told of");
        assert_eq!(record.matches("Forbidden").count(), 1, "{record}");
        assert!(record.contains(&format!("what: \"{what}\", privilege: Some(\"System.Read\")")), "{record}");
        assert!(record.contains("providers: [], failure: Some("), "{record}");
    }
    let other = told(&(VVOL.to_owned() + &missing("info", "SystemError"))).expect("it is told of");
    assert!(other.contains("Fault(Fault {") && other.contains("kind: \"SystemError\""), "{other}");
    let unnamed = told(&(VVOL.to_owned() + &missing("name", "NoPermission") + &info(&["https://a"])));
    assert!(unnamed.expect("it is told of").contains("failure: None"), "its id will do for a name");
}

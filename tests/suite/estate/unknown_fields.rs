//! A field that nobody knows is a mistake, whatever object it stands in, and is named with its place.

use serde_json::{Value, json};
use vitrust::estate::{Estate, EstateReader};
use vitrust_factory::vsphere;

/// Every kind of object of an estate, each part given, certificates as PEM.
fn whole() -> Value {
    let root = vsphere::vmca_root("vc01.lab.example", 0);
    let pem = root.pem();
    let place = json!({ "source": "a.pem", "line": 1, "store": "SMS", "alias": "x" });
    let unreadable = json!([{ "place": place, "reason": "cut" }]);
    let chain = json!({ "certificates": [pem], "place": place });
    let held = json!({ "certificate": pem, "place": place });
    let dumped = json!([{ "value": { "subject": "CN=x" }, "place": place }]);
    let store = json!({ "certificates": [pem], "dumped": dumped, "unreadable": unreadable });
    json!({
        "schema": "vitrust-estate/1",
        "vcenters": [{
            "name": "vc01.lab.example",
            "machine_ssl": chain,
            "trusted_roots": store,
            "vmca_root": held,
            "sms": {
                "sms_self_signed": chain, "sps_extension": chain, "others": { "x": chain },
                "dumped": dumped, "unreadable": unreadable
            },
            "hosts": [
                { "name": "esx01" },
                { "name": "esx02", "https": chain, "iofilter": chain, "castore": store }
            ],
            "storage_providers": [{ "name": "p", "certificate": held }]
        }],
        "unreadable": unreadable,
        "unknown": unreadable
    })
}

/// The JSON pointers of all objects whose members are fields, and their paths as an error writes them.
fn objects(value: &Value, pointer: &str, path: &str, found: &mut Vec<(String, String)>) {
    match value {
        Value::Object(members) => {
            // Aliases are names of the estate's, not fields.
            if !pointer.ends_with("/others") {
                found.push((pointer.to_owned(), path.to_owned()));
            }
            for (name, member) in members {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                objects(member, &format!("{pointer}/{name}"), &path, found);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                objects(item, &format!("{pointer}/{index}"), &format!("{path}[{index}]"), found);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => (),
    }
}

#[test]
fn an_unknown_field_is_refused_with_its_place_in_every_object_of_an_estate() {
    let estate = whole();
    // With references instead of PEM the text is another one, and the reader must be as strict.
    let by_reference = Estate::from_json(estate.to_string().as_bytes()).expect("an estate").to_json();
    let by_reference: Value = serde_json::from_str(&by_reference).expect("JSON");
    for estate in [estate, by_reference] {
        let mut all = Vec::new();
        objects(&estate, "", "", &mut all);
        all.retain(|(pointer, _)| pointer != "/certificates");
        assert!(all.len() >= 40, "{}", all.len());
        for (pointer, path) in all {
            let mut wrong = estate.clone();
            let object = wrong.pointer_mut(&pointer).and_then(Value::as_object_mut).expect("an object");
            object.insert("colour".to_owned(), json!({ "red": [1] }));
            let said = Estate::from_json(wrong.to_string().as_bytes()).expect_err(&pointer).to_string();
            let place = if path.is_empty() { "colour".to_owned() } else { format!("{path}.colour") };
            assert!(said.starts_with(&format!("not an estate: {place}: unknown field `colour`")), "{pointer}: {said}");
            assert!(said.contains("line 1 column"), "{said}");
        }
    }
}

#[test]
fn every_other_mistake_of_form_has_its_path_and_line() {
    let said = |text: &str| Estate::from_json(text.as_bytes()).expect_err(text).to_string();
    let text = "{\"vcenters\": [\n{\"name\": \"a\", \"hosts\": [{\"name\": \"h\"}, {\"version\": \"8\"}]}]}";
    assert!(
        said(text).starts_with("not an estate: vcenters[0].hosts[1]: missing field `name` at line 2"),
        "{}",
        said(text)
    );
    let text = "{\"vcenters\": [{\"name\": \"a\", \"certificate_mode\": \"pinned\"}]}";
    assert!(said(text).contains("vcenters[0].certificate_mode: unknown variant `pinned`"), "{}", said(text));
    let text = "{\"vcenters\": [{\"name\": \"a\", \"trusted_roots\": {\"certificates\": [\"00\"]}}]}";
    assert!(said(text).contains("vcenters[0].trusted_roots.certificates[0]: `00` is not"), "{}", said(text));
    let text = "{\"vcenters\": [{\"name\": \"a\", \"name\": \"b\"}]}";
    assert!(said(text).contains("vcenters[0]: the name \"name\" occurs twice"), "{}", said(text));
}

#[test]
fn a_private_key_is_refused_as_a_name_and_as_a_word_too() {
    let key = "-----BEGIN PRIVATE KEY-----MC4CAQAwBQYDK2VwBCIEIHX4-----END PRIVATE KEY-----";
    for vcenter in [
        json!({ "name": "a", "sms": { "others": { key: { "certificates": [] } } } }),
        json!({ "name": "a", "certificate_mode": key }),
        json!({ "name": "a", key: 1 }),
    ] {
        let text = json!({ "vcenters": [vcenter] }).to_string();
        let said = Estate::from_json(text.as_bytes()).expect_err("a key").to_string();
        assert!(said.starts_with("vcenters[0]") && said.contains("a private key"), "{said}");
        assert!(!said.contains("MC4CAQ"), "{said}");
    }
}

#[test]
fn pem_and_references_stand_side_by_side_in_one_list() {
    let (one, two) = (vsphere::vmca_root("one", 0), vsphere::vmca_root("two", 1));
    let both = format!("{}{}", two.pem(), one.pem());
    let text = json!({
        "vcenters": [{ "name": "a", "trusted_roots": { "certificates": [both, one.sha256(), one.pem()], "lines": [1, 2, 3, 4] } }]
    });
    let estate = Estate::from_json(text.to_string().as_bytes()).expect("an estate");
    let store = estate.vcenters[0].trusted_roots.as_ref().expect("a store");
    let held: Vec<String> = store.certificates.iter().map(ToString::to_string).collect();
    assert_eq!(held, [two.sha256(), one.sha256(), one.sha256(), one.sha256()]);
    assert_eq!(estate.certificates.len(), 2);
}

#[test]
fn unknown_fields_of_the_small_files_are_said_with_their_file() {
    let said = |file: &str, text: &str| {
        let mut reader = EstateReader::new("lab");
        reader.add(file, text.as_bytes());
        let estate = reader.finish();
        let shown: Vec<String> = estate.unreadable.iter().map(ToString::to_string).collect();
        (shown, estate)
    };
    for (file, text) in
        [("vc01/vcenter.json", r#"{"name": "a", "colour": 1}"#), ("vc01/hosts/esx01/host.json", r#"{"colour": 1}"#)]
    {
        let (shown, _) = said(file, text);
        assert!(shown.len() == 1 && shown[0].starts_with(&format!("{file}: colour: unknown field")), "{shown:?}");
    }
    // A misspelt field is said once, and what PowerCLI gives besides is no mistake.
    let list = r#"[{"Name": "a", "Id": 1, "VasaVersion": "5"}, {"Name": "b", "Statsu": "offline"}, {"name": "c", "Statsu": 1}]"#;
    let (shown, estate) = said("vc01/storage-providers.json", list);
    let reason = "the field Statsu of storage providers is not known: first in number 2 of the list, 2 in all";
    assert_eq!(shown, [format!("vc01/storage-providers.json: {reason}")]);
    assert_eq!(estate.vcenters[0].storage_providers.len(), 3);
    let (shown, estate) = said("vc01/storage-providers.json", r#"{"Providers": [{"name": "a"}], "colour": 1}"#);
    assert_eq!(shown, ["vc01/storage-providers.json: the field colour next to the providers is not known"]);
    assert_eq!(estate.vcenters[0].storage_providers.len(), 1);
}

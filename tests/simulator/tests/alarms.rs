//! Events, alarms and settings.

use vitrust_simulator::Spec;

use crate::support::soap::{Client, text_of};
use crate::support::{now, start};

const EVENTS: (&str, &str) = ("EventManager", "EventManager");
const ALARMS: (&str, &str) = ("AlarmManager", "AlarmManager");
const HOST: &str = "<entity type=\"HostSystem\">host-10</entity>";

fn log(client: &Client<'_>, message: &str) -> String {
    client.vim("LogUserEvent", EVENTS, &format!("{HOST}<msg>{message}</msg>"))
}

/// An alarm on events that a user writes down: red for one beginning, green for another.
fn alarm(name: &str) -> String {
    let when = |beginning: &str, status: &str| {
        format!(
            "<expression x:type=\"EventAlarmExpression\"><comparisons><attributeName>message</attributeName>\
             <operator>startsWith</operator><value>{beginning}</value></comparisons>\
             <eventType>GeneralUserEvent</eventType><objectType>HostSystem</objectType><status>{status}</status>\
             </expression>"
        )
    };
    format!(
        "<entity type=\"Folder\">group-d1</entity><spec xmlns:x=\"http://www.w3.org/2001/XMLSchema-instance\">\
         <name>{name}</name><description>trust</description><enabled>true</enabled>\
         <expression x:type=\"OrAlarmExpression\">{}{}</expression></spec>",
        when("broken", "red"),
        when("mended", "green")
    )
}

#[test]
fn what_a_user_writes_down_is_found_again() {
    let simulation = start(&Spec::at(now()));
    let client = Client::new(&simulation, 0).login();
    assert!(log(&client, "vitrust: a &amp; b").starts_with("HTTP/1.1 200"));
    assert_eq!(simulation.events(0), ["vitrust: a & b"]);
    let filter = "<filter><entity><entity type=\"Folder\">group-d1</entity><recursion>all</recursion></entity>\
                  <type>GeneralUserEvent</type></filter>";
    let found = client.vim("QueryEvents", EVENTS, filter);
    assert!(
        found.contains("xsi:type=\"GeneralUserEvent\"") && found.contains("<message>vitrust: a &amp; b<"),
        "{found}"
    );
    assert!(found.contains("<host><name>esx01.vc01.lab.example</name>"), "{found}");
    let own = filter.replace("<recursion>all<", "<recursion>self<");
    assert!(!client.vim("QueryEvents", EVENTS, &own).contains("<returnval"));
    let missing = client.vim("LogUserEvent", EVENTS, "<entity type=\"HostSystem\">host-99</entity><msg>x</msg>");
    assert!(missing.contains("ManagedObjectNotFound"), "{missing}");
    let reader = Client::new(&simulation, 0).login_as("readonly@vsphere.local");
    assert!(log(&reader, "x").contains("Global.LogEvent"));
}

#[test]
fn an_alarm_is_set_off_by_one_event_and_ended_by_another() {
    let simulation = start(&Spec { hosts_per_vcenter: 2, ..Spec::at(now()) });
    let client = Client::new(&simulation, 0).login();
    let made = client.vim("CreateAlarm", ALARMS, &alarm("Trust"));
    assert!(made.contains("type=\"Alarm\">alarm-"), "{made}");
    assert!(client.vim("CreateAlarm", ALARMS, &alarm("Trust")).contains("DuplicateName"));
    assert!(client.vim("CreateAlarm", ALARMS, &alarm("")).contains("InvalidName"));
    let triggered = |kind: &str, id: &str| client.vim("Fetch", (kind, id), "<prop>triggeredAlarmState</prop>");
    assert!(!triggered("HostSystem", "host-10").contains("<AlarmState>"));
    log(&client, "nothing of the kind");
    assert!(!triggered("HostSystem", "host-10").contains("<AlarmState>"));
    log(&client, "broken: the castore");
    for (kind, id) in [("HostSystem", "host-10"), ("Folder", "group-d1")] {
        let answer = triggered(kind, id);
        assert!(answer.contains("<overallStatus>red<"), "{answer}");
    }
    assert!(!triggered("HostSystem", "host-11").contains("<AlarmState>"), "the other host is well");
    log(&client, "mended: the castore");
    assert!(!triggered("HostSystem", "host-10").contains("<AlarmState>"));
    let (_, rest) = made.split_once("type=\"Alarm\">").expect("an alarm");
    let id = rest.split('<').next().expect("an id");
    let info = client.vim("Fetch", ("Alarm", id), "<prop>info</prop>");
    assert!(info.contains("<expression xsi:type=\"OrAlarmExpression\">"), "{info}");
    assert_eq!(text_of(&info, "name"), Some("Trust"));
    assert!(client.vim("RemoveAlarm", ("Alarm", id), "").starts_with("HTTP/1.1 200"));
    assert!(!client.vim("GetAlarm", ALARMS, "").contains("<returnval"));
}

#[test]
fn an_alarm_knows_the_types_of_extended_events() {
    let simulation = start(&Spec::at(now()));
    let client = Client::new(&simulation, 0).login();
    let spec = "<entity type=\"HostSystem\">host-10</entity><spec xmlns:x=\"urn:x\"><name>Extended</name>\
                <description></description><enabled>true</enabled><expression x:type=\"EventAlarmExpression\">\
                <eventType>EventEx</eventType><eventTypeId>com.example.trust</eventTypeId><status>yellow</status>\
                </expression></spec>";
    assert!(client.vim("CreateAlarm", ALARMS, spec).contains("alarm-"));
    let post = |id: &str| {
        let event = format!(
            "<eventToPost xmlns:x=\"urn:x\" x:type=\"EventEx\"><key>0</key><chainId>0</chainId>\
             <createdTime>2026-01-01T00:00:00Z</createdTime><userName></userName><eventTypeId>{id}</eventTypeId>\
             <message>soon</message><objectId>host-10</objectId><objectType>HostSystem</objectType></eventToPost>"
        );
        client.vim("PostEvent", EVENTS, &event)
    };
    assert!(post("com.example.other").starts_with("HTTP/1.1 200"));
    let state = || client.vim("Fetch", ("HostSystem", "host-10"), "<prop>triggeredAlarmState</prop>");
    assert!(!state().contains("<AlarmState>"));
    post("com.example.trust");
    assert!(state().contains("<overallStatus>yellow<"), "{}", state());
}

#[test]
fn settings_are_changed_all_or_none() {
    let simulation = start(&Spec::at(now()));
    let client = Client::new(&simulation, 0).login();
    let settings = ("OptionManager", "VpxSettings");
    let set = |key: &str, value: &str| format!("<changedValue><key>{key}</key><value>{value}</value></changedValue>");
    let mode = "vpxd.certmgmt.mode";
    let both = set(mode, "custom") + &set("vpxd.nothing", "1");
    assert!(client.vim("UpdateOptions", settings, &both).contains("InvalidName"));
    let read = || client.vim("QueryOptions", settings, &format!("<name>{mode}</name>"));
    assert!(read().contains(">vmca<"));
    assert!(client.vim("UpdateOptions", settings, &set(mode, "custom")).starts_with("HTTP/1.1 200"));
    assert!(read().contains(">custom<"));
    let number = set("vpxd.certmgmt.certs.daysValid", "long");
    assert!(client.vim("UpdateOptions", settings, &number).contains("InvalidArgument"));
    let reader = Client::new(&simulation, 0).login_as("readonly@vsphere.local");
    assert!(reader.vim("UpdateOptions", settings, &set(mode, "vmca")).contains("Global.Settings"));
}

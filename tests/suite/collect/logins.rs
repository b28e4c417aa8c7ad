//! A user who is refused at one vCenter, which the other vCenters of the domain would count as well.

use vitrust::net::{Credentials, Inventory};
use vitrust_simulator::{Simulation, Spec, USER};

use super::{failures, inventory, now, run, start};

/// How often each vCenter was asked to log somebody in.
fn logins(simulation: &Simulation) -> Vec<usize> {
    let log = simulation.log();
    let count = |vcenter| log.iter().filter(|call| call.vcenter == vcenter && call.operation == "Login").count();
    (0..simulation.vcenters.len()).map(count).collect()
}

fn log_in(inventory: &mut Inventory, index: usize, user: &str, password: &str) {
    inventory.vcenters[index].target.credentials =
        Credentials::Password { user: user.to_owned(), password: password.to_owned().into() };
}

#[test]
fn a_refused_login_is_tried_once_and_told_for_each_vcenter() {
    let simulation = start(&Spec { vcenters: 12, ..Spec::at(now()) });
    let (mut inventory, _folder) = inventory(&simulation);
    inventory.vcenters_in_flight = 12;
    for index in 0..12 {
        let user = ["audit@vsphere.local", "AUDIT@VSphere.local", "VSPHERE\\audit"][index % 3];
        log_in(&mut inventory, index, user, "wrong");
    }
    let collected = run(&inventory);
    assert_eq!(logins(&simulation).iter().sum::<usize>(), 1, "{:?}", logins(&simulation));
    assert!(failures(&collected).iter().all(|failure| *failure == ("session", "unauthenticated")));
    let (not_tried, refused): (Vec<_>, Vec<_>) =
        collected.failures.iter().partition(|failure| failure.message.contains("was not tried here"));
    let [refused] = refused[..] else { panic!("{refused:?}") };
    assert!(refused.message.contains("InvalidLogin"), "{refused:?}");
    assert_eq!(not_tried.len(), 11);
    let at = format!("refused at {} ", refused.vcenter);
    assert!(not_tried.iter().all(|failure| failure.is_whole && failure.message.contains(&at)), "{not_tried:?}");
    assert!(
        collected.estate.vcenters.iter().all(|vcenter| vcenter.machine_ssl.is_some()),
        "what is presented is known"
    );
}

#[test]
fn another_user_or_password_is_tried_all_the_same() {
    let simulation = start(&Spec { vcenters: 4, ..Spec::at(now()) });
    let (mut inventory, _folder) = inventory(&simulation);
    log_in(&mut inventory, 0, USER, "wrong");
    log_in(&mut inventory, 1, "nobody@vsphere.local", "wrong");
    log_in(&mut inventory, 2, "administrator@other.local", "wrong");
    let collected = run(&inventory);
    assert_eq!(logins(&simulation), [1, 1, 1, 1]);
    assert_eq!(failures(&collected), [("session", "unauthenticated"); 3]);
    assert_eq!(collected.estate.vcenters[3].hosts.len(), 1, "the one whose password is right is collected");
}

#[test]
fn many_vcenters_with_a_right_password_are_all_logged_in() {
    let simulation = start(&Spec { vcenters: 10, ..Spec::at(now()) });
    let (mut inventory, _folder) = inventory(&simulation);
    inventory.vcenters_in_flight = 10;
    assert_eq!(run(&inventory).failures, []);
    assert_eq!(logins(&simulation), [1; 10]);
}

#[test]
fn a_password_that_is_wrong_at_some_is_refused_fewer_times_than_lock_out() {
    let simulation = start(&Spec { vcenters: 20, ..Spec::at(now()) });
    let (mut inventory, _folder) = inventory(&simulation);
    inventory.vcenters_in_flight = 20;
    // All of them refuse but the first, which is alone until it has answered.
    for index in 0..20 {
        log_in(&mut inventory, index, "audit@vsphere.local", "wrong");
    }
    run(&inventory);
    assert!(logins(&simulation).iter().sum::<usize>() < 5, "{:?}", logins(&simulation));
}

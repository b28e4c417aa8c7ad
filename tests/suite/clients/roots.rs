//! The list of trusted roots, which is never taken for empty when it is not there.

use vitrust::net::fuzzing::scripted;

/// What comes of a session whose list of roots is null this many times.
fn null(mut times: u32) -> String {
    scripted(move |what| {
        let list = what.ends_with("/trusted-root-chains");
        let null = list && times > 0;
        times = times.saturating_sub(u32::from(list));
        null.then(|| (200, b"null".to_vec()))
    })
}

#[test]
fn a_list_that_is_null_for_a_moment_is_asked_for_again() {
    let settled = null(0);
    assert!(settled.contains("TrustedRoot { id: \"A\""), "{settled}");
    for times in [1, 2, 3] {
        assert_eq!(null(times), settled);
    }
    let never = null(u32::MAX);
    assert!(never.contains("it is not a list"), "{never}");
    assert!(!never.contains("TrustedRoot"), "{never}");
}

//! Comparing things in the same run: rounds in which each has its turn, so that a busy machine slows all alike.
#![allow(dead_code, reason = "each bench uses a part")]

use std::hint::black_box;
use std::time::{Duration, Instant};

/// Something to measure, by name.
pub(crate) struct Contender<'a> {
    pub(crate) name: &'static str,
    pub(crate) run: Box<dyn FnMut() + 'a>,
}

impl<'a> Contender<'a> {
    /// `run`, whose result is kept from being optimised away.
    pub(crate) fn new<T>(name: &'static str, mut run: impl FnMut() -> T + 'a) -> Self {
        Self {
            name,
            run: Box::new(move || {
                black_box(run());
            }),
        }
    }
}

/// What was measured: for each contender the median time of one run, and the median over the rounds of the ratio to
/// the first contender.
pub(crate) struct Measured {
    pub(crate) names: Vec<&'static str>,
    pub(crate) times: Vec<Duration>,
    pub(crate) ratios: Vec<f64>,
}

/// Lets every contender have its turn in each of `rounds` rounds; a turn is `repeats` runs.
pub(crate) fn compare(mut contenders: Vec<Contender<'_>>, rounds: usize, repeats: u32) -> Measured {
    let mut turns: Vec<Vec<Duration>> = contenders.iter().map(|_| Vec::with_capacity(rounds)).collect();
    for round in 0..=rounds {
        for (contender, turns) in contenders.iter_mut().zip(&mut turns) {
            let started = Instant::now();
            (0..repeats).for_each(|_| (contender.run)());
            // The first round warms up.
            if round > 0 {
                turns.push(started.elapsed() / repeats);
            }
        }
    }
    let ratio = |own: &[Duration]| {
        let mut ratios: Vec<f64> = own.iter().zip(&turns[0]).map(|(own, first)| own.div_duration_f64(*first)).collect();
        ratios.sort_by(f64::total_cmp);
        ratios[ratios.len() / 2]
    };
    let ratios = turns.iter().map(|own| ratio(own)).collect();
    let median = |own: &Vec<Duration>| {
        let mut own = own.clone();
        own.sort();
        own[own.len() / 2]
    };
    Measured {
        names: contenders.iter().map(|contender| contender.name).collect(),
        times: turns.iter().map(median).collect(),
        ratios,
    }
}

/// A time for people.
pub(crate) fn time(duration: Duration) -> String {
    let micros = duration.as_secs_f64() * 1e6;
    if micros < 1_000.0 {
        format!("{micros:.2} us")
    } else if micros < 1e6 {
        format!("{:.2} ms", micros / 1e3)
    } else {
        format!("{:.2} s", micros / 1e6)
    }
}

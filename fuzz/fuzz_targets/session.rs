//! The fresh node under any sequence of messages, times and restarts, against a model: the set of the members whose
//! honest answers came in time.
#![no_main]

use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;
use relight_fuzz::{Mutations, NOW, WORLD, World};
use std::collections::BTreeSet;

#[derive(Arbitrary, Debug)]
enum Event {
    /// A member's answer arrives, perhaps changed, perhaps late.
    Answer { member: u8, change: Option<Mutations>, delay: u8 },
    /// Bytes that nobody sent.
    Noise(Vec<u8>),
    /// The node restarts.
    Restart,
}

fuzz_target!(|events: Vec<Event>| {
    let mut session = WORLD.fresh_session();
    let mut answered = BTreeSet::new();
    for event in events.into_iter().take(16) {
        match event {
            Event::Answer { member, change, delay } => {
                let member = usize::from(member) % WORLD.responses.len();
                let honest = &WORLD.responses[member];
                let bytes = change.map_or_else(|| honest.clone(), |change| change.apply(honest));
                let accepted = session.receive(&bytes, NOW + u64::from(delay)).is_ok();
                let in_time = delay <= 60;
                match WORLD.responses.iter().position(|response| *response == bytes) {
                    Some(sender) if in_time => {
                        assert!(accepted, "an honest answer is refused");
                        answered.insert(sender as u16 + 1);
                    }
                    _ => assert!(!accepted, "an answer is accepted that nobody made in time"),
                }
            }
            Event::Noise(bytes) => assert!(session.receive(&bytes, NOW).is_err()),
            Event::Restart => session = World::restarted(&session),
        }
        let progress = session.progress();
        assert!(progress.answered.iter().map(|member| member.get()).eq(answered.iter().copied()));
        let need = usize::from(WORLD.roster.party().threshold().get());
        assert_eq!(usize::from(progress.needed), need.saturating_sub(answered.len()));
        assert_eq!(session.unlock_keys().is_ok(), answered.len() >= need);
    }
});

//! The fresh node, which asks for two backups, under any sequence of messages, times and restarts, against a model: which
//! backups are authorised, and which honest answers came in time.
#![no_main]

use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;
use relight::{
    Error,
    recovery::{Authorisation, Session},
};
use relight_fuzz::{Mutations, OPEN_FOR, WORLD, World, after};
use std::collections::BTreeSet;

#[derive(Arbitrary, Debug)]
enum Event {
    /// An authorisation comes back, perhaps changed.
    Authorise { place: u8, change: Option<Mutations> },
    /// A member's answer for the first backup, for the second, or for both arrives, perhaps changed, perhaps late.
    Answer { member: u8, part: u8, change: Option<Mutations>, delay: u8 },
    /// The node accuses a member, which answered well, or did not.
    Accuse { member: Option<u8> },
    /// Bytes that nobody sent.
    Noise(Vec<u8>),
    /// The node restarts: once, as that takes a third of the time, and not before it has something to lose.
    Restart,
}

/// What the session must know.
#[derive(Default)]
struct Model {
    authorised: BTreeSet<usize>,
    /// Member and place of each answer.
    accepted: BTreeSet<(usize, usize)>,
}

impl Model {
    fn is_asking(&self) -> bool {
        self.authorised.len() == WORLD.pair.statements.len()
    }

    fn count(&self, place: usize) -> usize {
        self.accepted.iter().filter(|(_, answered)| *answered == place).count()
    }

    fn has_all(&self, member: &usize) -> bool {
        (0..WORLD.pair.statements.len()).all(|place| self.accepted.contains(&(*member, place)))
    }
}

fuzz_target!(|events: Vec<Event>| {
    let mut session = WORLD.pair.session();
    let (mut model, mut restarted) = (Model::default(), false);
    for event in events.into_iter().take(16) {
        match event {
            Event::Authorise { place, change } => authorise(&mut session, &mut model, place, change),
            Event::Answer { member, part, change, delay } => {
                answer(&mut session, &mut model, (member, part), change, u64::from(delay));
            }
            Event::Accuse { member } => accuse(&session, &model, member),
            Event::Noise(bytes) => assert!(session.receive(&bytes, after(0)).is_err()),
            Event::Restart if restarted || model.authorised.is_empty() => continue,
            Event::Restart => (session, restarted) = (World::restarted(&session), true),
        }
        compare(&session, &model);
    }
    compare_keys(&session, &model);
});

fn authorise(session: &mut Session, model: &mut Model, place: u8, change: Option<Mutations>) {
    let place = usize::from(place) % WORLD.pair.authorisations.len();
    let bytes = changed(&WORLD.pair.authorisations[place], change);
    let accepted = Authorisation::decode(&bytes).is_ok_and(|one| session.authorise(&one).is_ok());
    let honest = WORLD.pair.authorisations.iter().position(|one| *one == bytes);
    assert_eq!(accepted, honest.is_some(), "what no Blinder was used for is authorised, or the other way round");
    model.authorised.extend(honest);
}

fn answer(session: &mut Session, model: &mut Model, which: (u8, u8), change: Option<Mutations>, delay: u64) {
    let responses = &WORLD.pair.responses;
    let bytes = changed(&responses[usize::from(which.0) % responses.len()][usize::from(which.1) % 3], change);
    let accepted = session.receive(&bytes, after(delay)).is_ok();
    let all = responses.iter().enumerate();
    let honest = all.flat_map(|(member, parts)| parts.iter().zip(0..).map(move |(part, kind)| (part, member, kind)));
    let honest = honest.filter(|_| model.is_asking() && delay <= OPEN_FOR).find(|(part, ..)| **part == bytes);
    assert_eq!(accepted, honest.is_some(), "an answer is accepted that nobody made in time, or an honest one refused");
    if let Some((_, member, kind)) = honest {
        let places = [&[0][..], &[1], &[0, 1]][kind];
        model.accepted.extend(places.iter().map(|place| (member, *place)));
    }
}

/// Only what is wrong can be shown, and only of a request that was made.
fn accuse(session: &Session, model: &Model, member: Option<u8>) {
    let responses = &WORLD.pair.responses;
    let answer = member.map(|member| &responses[usize::from(member) % responses.len()][2]);
    let accused = session.accuse(answer.unwrap_or(&WORLD.pair.unreadable));
    match accused {
        Ok(accusation) => {
            assert!(model.is_asking() && member.is_none());
            assert_eq!(accusation.encode(), WORLD.pair.accusation);
        }
        Err(Error::NoEvidence) => assert!(model.is_asking() && member.is_some()),
        Err(other) => assert!(!model.is_asking(), "{other}"),
    }
}

fn compare(session: &Session, model: &Model) {
    let (progress, need) = (session.progress(), usize::from(WORLD.roster.party().threshold().get()));
    assert_eq!(session.request().is_ok(), model.is_asking());
    let answered = (0..WORLD.pair.responses.len()).filter(|member| model.has_all(member));
    assert!(progress.answered.iter().map(|member| usize::from(member.get())).eq(answered.map(|member| member + 1)));
    let needed: Vec<usize> = (0..2).map(|place| need.saturating_sub(model.count(place))).collect();
    assert!(progress.statements.iter().map(|needed| usize::from(*needed)).eq(needed.iter().copied()));
    assert_eq!(Some(usize::from(progress.needed)), needed.iter().copied().max());
}

/// Only in the end, as shares are combined: nothing else depends on it.
fn compare_keys(session: &Session, model: &Model) {
    let need = usize::from(WORLD.roster.party().threshold().get());
    for (place, statement) in WORLD.pair.statements.iter().enumerate() {
        assert_eq!(session.unlock_key(&statement.digest()).is_ok(), model.count(place) >= need);
    }
}

fn changed(honest: &[u8], change: Option<Mutations>) -> Vec<u8> {
    change.map_or_else(|| honest.to_vec(), |change| change.apply(honest))
}

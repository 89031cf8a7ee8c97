//! The rule of closing, explored: all that recipients can do under any delivery, while those who lie sign everything.
//!
//! A state says of each honest recipient which set it confirmed, if any, and on which it finished, if on any. What was sent
//! may have reached anyone or no one. So an honest recipient may confirm any set at any time, once; and it may finish on a set
//! as soon as those who confirmed it, and the liars, are a quorum.

use crate::common::closing::receive_all;
use crate::common::{KEY_CURVE, Party, cases, plan, rng, signed};
use proptest::prelude::*;
use relight::{
    dealing::{Ceremony, Confirmation, Confirmations, Culprit, Evidence, Keys, PublicOutcome},
    identity::Purpose,
};
use std::collections::{BTreeMap, VecDeque};

/// What an honest recipient did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Recipient {
    confirmed: Option<u8>,
    finished: Option<u8>,
}

/// The honest recipients, in order: which of them is which does not matter.
type State = Vec<Recipient>;

/// One of those that were like `before` does one thing.
#[derive(Clone, Copy, Debug)]
struct Step {
    before: Recipient,
    after: Recipient,
}

#[derive(Clone, Copy)]
struct Model {
    quorum: usize,
    honest: usize,
    liars: usize,
    sets: u8,
}

impl Model {
    fn start(&self) -> State {
        vec![Recipient { confirmed: None, finished: None }; self.honest]
    }

    fn closes(&self, state: &State, set: u8) -> bool {
        state.iter().filter(|one| one.confirmed == Some(set)).count() + self.liars >= self.quorum
    }

    fn steps(&self, state: &State) -> Vec<Step> {
        let mut distinct = state.clone();
        distinct.dedup();
        let sets = || (0..self.sets).map(Some);
        let mut steps = Vec::new();
        for before in distinct {
            if before.confirmed.is_none() {
                steps.extend(sets().map(|confirmed| Step { before, after: Recipient { confirmed, ..before } }));
            }
            if before.finished.is_none() {
                let closed = sets().filter(|set| set.is_some_and(|set| self.closes(state, set)));
                steps.extend(closed.map(|finished| Step { before, after: Recipient { finished, ..before } }));
            }
        }
        steps
    }

    /// All states that can be reached, each with the step that led to it first.
    fn explore(&self) -> BTreeMap<State, Option<(State, Step)>> {
        let mut reached = BTreeMap::from([(self.start(), None)]);
        let mut open = VecDeque::from([self.start()]);
        while let Some(state) = open.pop_front() {
            for step in self.steps(&state) {
                let next = after(&state, step);
                if !reached.contains_key(&next) {
                    reached.insert(next.clone(), Some((state.clone(), step)));
                    open.push_back(next);
                }
            }
        }
        reached
    }

    /// The steps to a state in which two of the honest finished on different sets.
    fn counterexample(&self) -> Option<Vec<Step>> {
        let reached = self.explore();
        let mut state = reached.keys().find(|state| split(state))?;
        let mut steps = Vec::new();
        while let Some(Some((before, step))) = reached.get(state) {
            steps.push(*step);
            state = before;
        }
        steps.reverse();
        Some(steps)
    }
}

fn after(state: &State, step: Step) -> State {
    let mut next = state.clone();
    let place = next.iter().position(|one| *one == step.before).unwrap();
    next[place] = step.after;
    next.sort_unstable();
    next
}

fn split(state: &State) -> bool {
    let mut finished: Vec<u8> = state.iter().filter_map(|one| one.finished).collect();
    finished.sort_unstable();
    finished.dedup();
    finished.len() > 1
}

const MOST: u16 = 7;

/// Ceremonies of each size with each threshold, which say what their quorum is.
fn quorums() -> Vec<(u16, u16, u16)> {
    let parties = Party::group(1..=MOST, &mut rng(1));
    let sizes = (1..=MOST).flat_map(|size| (1..=size).map(move |threshold| (size, threshold)));
    let quorum = |(size, threshold)| {
        let those = &parties[..usize::from(size)];
        let keys = Keys::Generate(vec![KEY_CURVE]);
        (size, threshold, Ceremony::new(plan(threshold, keys, those, those)).unwrap().quorum())
    };
    sizes.map(quorum).collect()
}

fn breaks(size: u16, quorum: u16, liars: u16, sets: u8) -> bool {
    let honest = usize::from(size - liars);
    Model { quorum: quorum.into(), honest, liars: liars.into(), sets }.counterexample().is_some()
}

#[test]
fn two_sets_never_both_close_with_fewer_than_a_third_lying() {
    for (size, threshold, quorum) in quorums() {
        assert!(3 * quorum > 2 * size && quorum >= threshold && quorum <= size);
        for liars in (0..size).filter(|liars| 3 * liars < size) {
            for sets in [2, 3] {
                assert!(!breaks(size, quorum, liars, sets), "{liars} of {size}, threshold {threshold}");
            }
        }
    }
}

/// The bound of the specification: 2 · quorum - n. Where the quorum is everyone, two honest ones never differ.
#[test]
fn the_least_number_of_liars_that_breaks_it_is_that_of_the_text() {
    for (size, threshold, quorum) in quorums() {
        for sets in [2, 3] {
            let least = (0..size).find(|liars| breaks(size, quorum, *liars, sets));
            let bound = Some(2 * quorum - size).filter(|_| quorum < size);
            assert_eq!(least, bound, "{size} recipients, threshold {threshold}");
        }
    }
    let without_threshold = quorums().into_iter().filter(|(_, threshold, _)| *threshold == 1);
    let bounds: Vec<_> = without_threshold.map(|(size, _, quorum)| (size, quorum, 2 * quorum - size)).collect();
    assert_eq!(bounds, [(1, 1, 1), (2, 2, 2), (3, 3, 3), (4, 3, 2), (5, 4, 3), (6, 5, 4), (7, 5, 3)]);
}

/// The model reaches what it should: a quorum of more than half, and no more, is broken by one liar.
#[test]
fn a_smaller_quorum_is_broken_by_fewer() {
    for (size, quorum, least) in [(4, 2, 0), (5, 3, 1), (7, 4, 1), (6, 4, 2)] {
        assert_eq!((0..size).find(|liars| breaks(size, quorum, *liars, 2)), Some(least));
    }
    let model = Model { quorum: 3, honest: 4, liars: 0, sets: 2 };
    let one = |confirmed, finished| Recipient { confirmed, finished };
    let all = vec![one(Some(0), Some(0)); 4];
    assert!(model.explore().contains_key(&all));
    // Three recipients can finish on a set that the fourth did not confirm, as it may.
    let mut one_apart = all;
    one_apart[3] = one(Some(1), Some(0));
    assert!(model.explore().contains_key(&one_apart));
    let mut two_apart = one_apart;
    two_apart[2] = one(Some(1), None);
    assert!(!model.explore().contains_key(&two_apart));
}

/// The parties of the model, with real messages. The last ones lie.
struct Play {
    parties: Vec<Party>,
    ceremony: Ceremony,
    /// The dealings of each set.
    sets: [Vec<Vec<u8>>; 2],
    honest: State,
    confirmations: Vec<(u8, Vec<u8>)>,
    outcomes: Vec<PublicOutcome>,
}

impl Play {
    fn new(size: u16, honest: usize) -> Self {
        let parties = Party::group(1..=size, &mut rng(2));
        let ceremony = Ceremony::new(plan(2, Keys::Generate(vec![KEY_CURVE]), &parties, &parties)).unwrap();
        let deal = |party: &Party| ceremony.deal(party.index, &party.identity, &[], &mut rng(3)).unwrap().encode();
        let dealings: Vec<Vec<u8>> = parties.iter().take(3).map(deal).collect();
        let sets = [dealings[..2].to_vec(), dealings];
        let honest = vec![Recipient { confirmed: None, finished: None }; honest];
        Self { parties, ceremony, sets, honest, confirmations: vec![], outcomes: vec![] }
    }

    /// What a recipient that has the dealings of a set confirms.
    fn confirmation(&self, party: &Party, set: u8) -> Vec<u8> {
        let mut dealings = receive_all(&self.ceremony, &self.sets[usize::from(set)]);
        let unsigned = dealings.confirm(party.index, &party.key).unwrap();
        signed(unsigned.body(), Purpose::Confirmation, &party.identity)
    }

    fn lies(&self, set: u8) -> Vec<Vec<u8>> {
        self.parties[self.honest.len()..].iter().map(|liar| self.confirmation(liar, set)).collect()
    }

    fn take(&mut self, step: Step) {
        let place = self.honest.iter().position(|one| *one == step.before).unwrap();
        self.honest[place] = step.after;
        if step.after.confirmed != step.before.confirmed {
            let set = step.after.confirmed.unwrap();
            self.confirmations.push((set, self.confirmation(&self.parties[place], set)));
        } else {
            let outcome = self.finish(place, step.after.finished.unwrap());
            self.outcomes.push(outcome);
        }
    }

    /// It has received what was sent for this set, and what the liars send to it alone.
    fn finish(&self, place: usize, set: u8) -> PublicOutcome {
        let mut collected = Confirmations::new(&self.ceremony);
        let sent = self.confirmations.iter().filter(|(of, _)| *of == set).map(|(_, bytes)| bytes.clone());
        sent.chain(self.lies(set)).for_each(|bytes| collected.receive(&bytes).unwrap());
        let certificate = collected.certificate().unwrap().verify(&self.ceremony).unwrap();
        let closed = receive_all(&self.ceremony, &self.sets[usize::from(set)]).close(certificate).unwrap();
        closed.finish(self.parties[place].index, &self.parties[place].key).unwrap().public
    }
}

proptest! {
    #![proptest_config(cases(2))]

    #[test]
    fn whoever_finishes_has_the_same_keys(size in 4u16..=7, choices in prop::collection::vec(any::<prop::sample::Index>(), 24)) {
        let liars = usize::from((size - 1) / 3);
        let honest = usize::from(size) - liars;
        let mut play = Play::new(size, honest);
        let model = Model { quorum: play.ceremony.quorum().into(), honest, liars, sets: 2 };
        for choice in choices {
            let steps = model.steps(&play.honest);
            let Some(step) = steps.get(choice.index(steps.len().max(1))) else { break };
            play.take(*step);
        }
        prop_assert!(play.outcomes.iter().all(|outcome| outcome.keys == play.outcomes[0].keys));
        prop_assert!(play.outcomes.iter().all(|outcome| outcome.transcript == play.outcomes[0].transcript));
    }
}

#[test]
fn with_two_of_four_lying_both_close() {
    let mut play = Play::new(4, 2);
    let quorum = usize::from(play.ceremony.quorum());
    let steps = Model { quorum, honest: 2, liars: 2, sets: 2 }.counterexample().unwrap();
    for step in &steps {
        println!("{:?} becomes {:?}", step.before, step.after);
        play.take(*step);
    }
    assert!(split(&play.honest));
    let [one, other] = &play.outcomes[..] else { panic!("two outcomes") };
    assert_ne!(one.keys, other.keys);
    assert_ne!(one.transcript, other.transcript);
    // What the liars signed shows it.
    for (first, second) in play.lies(0).iter().zip(&play.lies(1)) {
        let liar = Confirmation::decode(first).unwrap().recipient();
        let evidence = Evidence::two_confirmations(first, second);
        assert_eq!(evidence.verify(&play.ceremony), Ok(Culprit::Recipient { index: liar }));
    }
}

#[test]
fn with_one_of_four_lying_the_second_set_stays_open() {
    let mut play = Play::new(4, 3);
    for (place, set) in [(0, 0), (1, 0), (2, 1)] {
        play.confirmations.push((set, play.confirmation(&play.parties[place], set)));
        play.honest[place].confirmed = Some(set);
    }
    let _ = play.finish(0, 0);
    let mut collected = Confirmations::new(&play.ceremony);
    let sent = play.confirmations.iter().filter(|(of, _)| *of == 1).map(|(_, bytes)| bytes.clone());
    sent.chain(play.lies(1)).for_each(|bytes| collected.receive(&bytes).unwrap());
    let open = relight::Error::NotClosed { have: 2, need: 3 };
    assert_eq!(collected.certificate(), Err(open));
}

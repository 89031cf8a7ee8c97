//! The answers that a session has accepted.

use super::response::Answer;
use crate::decryption::DecryptionShare;
use crate::sharing::PartyIndex;
use alloc::collections::BTreeMap;
use alloc::vec::Vec;

/// For each member that answered, its share for each statement that it answered. The shares wipe themselves.
pub(crate) struct Accepted {
    statements: usize,
    /// A row has its full length from the start: a vector that grew would leave copies behind.
    rows: BTreeMap<PartyIndex, Vec<Option<DecryptionShare>>>,
}

impl Accepted {
    pub(super) fn new(statements: usize) -> Self {
        Self { statements, rows: BTreeMap::new() }
    }

    /// Keeps a verified answer, unless there is one of that member for that statement. The answer is cloned, not moved out
    /// of where it will be wiped.
    pub(super) fn keep(&mut self, answer: &Answer) {
        let member = answer.share.member();
        let row = self.rows.entry(member).or_insert_with(|| (0..self.statements).map(|_| None).collect());
        if let Some(slot) = row.get_mut(usize::from(answer.place)) {
            slot.get_or_insert_with(|| answer.share.clone());
        }
    }

    /// Has nobody answered?
    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Has the member answered for the statement at this place?
    pub(super) fn has(&self, member: PartyIndex, place: u16) -> bool {
        self.rows.get(&member).and_then(|row| row.get(usize::from(place))).is_some_and(Option::is_some)
    }

    /// Has the member answered for every statement?
    pub(super) fn has_all(&self, member: PartyIndex) -> bool {
        self.rows.get(&member).is_some_and(|row| row.iter().all(Option::is_some))
    }

    /// How many members have answered for the statement at this place.
    pub(super) fn count(&self, place: usize) -> usize {
        self.of_statement(place).count()
    }

    /// The shares for the statement at this place, by ascending member.
    pub(super) fn shares(&self, place: usize) -> Vec<DecryptionShare> {
        let mut shares = Vec::with_capacity(self.rows.len());
        shares.extend(self.of_statement(place).cloned());
        shares
    }

    /// All shares with their places, by ascending member and place.
    pub(crate) fn all(&self) -> impl Iterator<Item = (u16, &DecryptionShare)> {
        let placed = self.rows.values().flat_map(|row| row.iter().zip(0..));
        placed.filter_map(|(share, place)| share.as_ref().map(|share| (place, share)))
    }

    fn of_statement(&self, place: usize) -> impl Iterator<Item = &DecryptionShare> {
        self.rows.values().filter_map(move |row| row.get(place).and_then(Option::as_ref))
    }
}

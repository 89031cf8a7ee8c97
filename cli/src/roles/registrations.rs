//! The registrations of a node's Blinders: who holds the Blinder that a backup is made for.

use crate::armour::Kind;
use crate::board::{Board, Ignored, Object, Objects, Place, segment};
use crate::failure::{Failure, Result, While};
use crate::store::{self, Store};
use relight::identity::IdentityPublicKey;
use relight::registration::BlinderRegistration;

/// Whose Blinder it is that is looked for.
#[derive(Clone, Copy, Debug)]
pub struct Owner<'a> {
    /// The network.
    pub network: &'a [u8],
    /// The node.
    pub node: &'a [u8],
    /// The identity of its operator, which the caller knows from elsewhere than the board.
    pub operator: &'a IdentityPublicKey,
}

impl Owner<'_> {
    /// Its registrations, each the successor of the one before, from the board and from what the store has seen: a board
    /// that withholds the last one cannot bring back the one before it. What is new is kept.
    ///
    /// # Errors
    ///
    /// If two registrations of the operator contradict each other, or one between two others is missing.
    pub fn registrations(
        &self,
        store: &Store,
        board: Option<&dyn Board>,
    ) -> Result<(Vec<BlinderRegistration>, Ignored)> {
        let Objects { good, ignored } = match board {
            Some(board) => self.on_board(board)?,
            None => Objects { good: Vec::new(), ignored: Vec::new() },
        };
        let found = good.into_iter().map(|object| object.value);
        let chain = self.chain(self.kept(store)?.into_iter().chain(found).collect())?;
        chain.iter().try_for_each(|registration| self.keep(store, registration))?;
        Ok((chain, ignored))
    }

    /// The current registration, the last one.
    ///
    /// # Errors
    ///
    /// As for [`Owner::registrations`], and if there is none.
    pub fn current(&self, store: &Store, board: Option<&dyn Board>) -> Result<(BlinderRegistration, Ignored)> {
        let (mut chain, ignored) = self.registrations(store, board)?;
        let Some(last) = chain.pop() else { return Err(self.missing(&ignored)) };
        Ok((last, ignored))
    }

    fn keep(&self, store: &Store, registration: &BlinderRegistration) -> Result<()> {
        store.keep(&self.name(registration.serial()), &registration.encode()).map(drop)
    }

    /// Where the store keeps the registration with this serial.
    pub(super) fn name(&self, serial: u64) -> String {
        format!("{}/{serial}", self.folder())
    }

    fn on_board(&self, board: &dyn Board) -> Result<Objects<BlinderRegistration>> {
        let place = Place::Blinders(self.network.to_vec());
        let found = board.objects(&place, Kind::BlinderRegistration, BlinderRegistration::decode)?;
        let found = found.about(&place, self.node);
        //= spec/16-files.md#16-1-the-board
        //# A program MUST verify what it finds against what its holder knows, for a folder and a subject are only claims.
        Ok(found.check(|Object { value, .. }| value.verify(self.network, self.node, self.operator).map(drop)))
    }

    fn kept(&self, store: &Store) -> Result<Vec<BlinderRegistration>> {
        let names = store.keepsakes(&self.folder())?;
        let kept = names.iter().map(|name| {
            let bytes = store.kept(name)?.unwrap_or_default();
            let registration = BlinderRegistration::decode(&bytes).at(name)?;
            registration.verify(self.network, self.node, self.operator).at(name)?;
            Ok(registration)
        });
        kept.collect()
    }

    fn chain(&self, mut registrations: Vec<BlinderRegistration>) -> Result<Vec<BlinderRegistration>> {
        registrations.sort_by_key(BlinderRegistration::serial);
        registrations.dedup_by_key(|registration| registration.digest());
        let successions = registrations.iter().zip(registrations.iter().skip(1));
        let checked = successions.map(|(known, next)| known.check_successor(next));
        checked.collect::<relight::Result<()>>().at(self).map_err(|failure| {
            failure.next(
                "ask the operator, by another way than the board, what it registered; it alone can have signed it",
            )
        })?;
        Ok(registrations)
    }

    fn missing(&self, ignored: &Ignored) -> Failure {
        let failure = Failure::refused(self, "no registration of it is on the board that holds");
        failure.beside(ignored).next("its operator registers it: relight blinder register")
    }

    fn folder(&self) -> String {
        format!("{}/{}", store::path("registrations", self.network), segment(self.node))
    }
}

impl std::fmt::Display for Owner<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the Blinder of {}", self.node.escape_ascii())
    }
}

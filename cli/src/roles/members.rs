//! Who registered in a party: what its members say of themselves on the board, checked.

use crate::armour::Kind;
use crate::board::{Board, Ignored, Object, Objects, Place};
use crate::failure::{Failure, Result};
use relight::identity::IdentityPublicKey;
use relight::registration::MemberRegistration;
use relight::sharing::{Identifier, PartyIndex};
use relight::{Field, MemberPublicKey};
use std::collections::BTreeMap;

/// The registrations of a party or network: of every index and identity the last one, and all before it.
#[derive(Debug, Default)]
pub struct Members {
    chains: BTreeMap<(PartyIndex, IdentityPublicKey), Vec<MemberRegistration>>,
    /// What does not count.
    pub ignored: Ignored,
}

impl Members {
    /// Those on the board.
    ///
    /// # Errors
    ///
    /// If the board cannot be reached.
    pub fn find(board: &dyn Board, party: &[u8]) -> Result<Self> {
        let place = Place::Members(party.to_vec());
        let all = board.objects(&place, Kind::MemberRegistration, MemberRegistration::decode)?;
        let Objects { good, ignored } = all.check(|object| check(object, party));
        let mut registrations = Self { ignored, ..Self::default() };
        let mut sorted: Vec<_> = good.into_iter().map(|object| (object.path, object.value)).collect();
        sorted.sort_by_key(|(_, registration)| registration.serial());
        sorted.into_iter().for_each(|(path, registration)| registrations.take(path, registration));
        Ok(registrations)
    }

    /// A registration counts if it is the first, or follows the last one directly.
    fn take(&mut self, path: String, registration: MemberRegistration) {
        let owner = (registration.index(), registration.identity().clone());
        let chain = self.chains.entry(owner).or_default();
        let follows = match chain.last() {
            None if registration.serial() > 1 => Err(relight::Error::BrokenSuccession(registration.serial())),
            None => Ok(()),
            Some(last) => last.check_successor(&registration),
        };
        match follows {
            Ok(()) => chain.push(registration),
            Err(error) => self.ignored.push((path.clone(), Failure::protocol(path, error))),
        }
        self.chains.retain(|_, chain| !chain.is_empty());
    }

    /// The registrations that are in force, by ascending index.
    pub fn current(&self) -> impl Iterator<Item = &MemberRegistration> {
        self.chains.values().filter_map(|chain| chain.last())
    }

    /// The one at an index.
    ///
    /// # Errors
    ///
    /// If there is none, or others claim the same index.
    pub fn at(&self, index: PartyIndex) -> Result<&MemberRegistration> {
        let claims: Vec<_> = self.current().filter(|registration| registration.index() == index).collect();
        match claims[..] {
            [only] => Ok(only),
            [] => {
                let why = "it is not registered on the board";
                Err(Failure::refused(format!("member {index}"), why).beside(&self.ignored))
            }
            _ => {
                let addresses: Vec<_> = claims.iter().map(|one| one.identity().address().to_string()).collect();
                let why = format!("several claim to be it: {}", addresses.join(", "));
                Err(Failure::refused(format!("member {index}"), why)
                    .next(format!("ask which is genuine, and name it, as in {index}:{}", addresses[0])))
            }
        }
    }

    /// The one of an identity at an index.
    ///
    /// # Errors
    ///
    /// If there is none.
    pub fn of(&self, index: PartyIndex, identity: &IdentityPublicKey) -> Result<&MemberRegistration> {
        let chain = self.chains.get(&(index, identity.clone()));
        chain.and_then(|chain| chain.last()).ok_or_else(|| {
            let why = format!("{} is not registered as it", identity.address());
            Failure::refused(format!("member {index}"), why).beside(&self.ignored)
        })
    }

    /// Has this identity ever registered this member key at this index?
    pub fn knows(&self, index: PartyIndex, identity: &IdentityPublicKey, key: &MemberPublicKey) -> bool {
        let chain = self.chains.get(&(index, identity.clone()));
        chain.is_some_and(|chain| chain.iter().any(|registration| registration.member_key() == key))
    }

    /// Those that somebody chose, by ascending index.
    ///
    /// # Errors
    ///
    /// If one is missing or ambiguous.
    pub fn choose(&self, choice: &Choice) -> Result<Vec<Chosen<'_>>> {
        let Choice::Some(seats) = choice else {
            let mut indices: Vec<_> = self.current().map(MemberRegistration::index).collect();
            indices.dedup();
            return indices.into_iter().map(|index| self.at(index).map(Chosen::from)).collect();
        };
        let mut chosen = seats.iter().map(|seat| self.seat(seat)).collect::<Result<Vec<_>>>()?;
        chosen.sort_by_key(|chosen| chosen.registration.index());
        Ok(chosen)
    }

    /// The same, where some are known: of all, only those are taken. Beside them, those that are new.
    ///
    /// # Errors
    ///
    /// If one is missing or ambiguous.
    pub fn choose_known(
        &self,
        choice: &Choice,
        is_known: impl Fn(&MemberRegistration) -> bool,
    ) -> Result<(Vec<Chosen<'_>>, Vec<&MemberRegistration>)> {
        let (known, new): (Vec<_>, Vec<_>) = self.current().partition(|one| is_known(one));
        match choice {
            Choice::All => Ok((known.into_iter().map(Chosen::from).collect(), new)),
            Choice::Some(_) => {
                let chosen = self.choose(choice)?;
                let new = chosen.iter().map(|one| one.registration).filter(|one| !is_known(one)).collect();
                Ok((chosen, new))
            }
        }
    }

    /// The one that somebody named.
    ///
    /// # Errors
    ///
    /// If it is missing or ambiguous.
    pub fn seat(&self, Seat { index, address, identifier }: &Seat) -> Result<Chosen<'_>> {
        let registration = match address {
            Some(address) => self.at_address(*index, address)?,
            None => self.at(*index)?,
        };
        Ok(Chosen { registration, identifier: *identifier })
    }

    fn at_address(&self, index: PartyIndex, address: &str) -> Result<&MemberRegistration> {
        let fits = |one: &&MemberRegistration| {
            one.index() == index && one.identity().address().to_string().eq_ignore_ascii_case(address)
        };
        self.current().find(fits).ok_or_else(|| {
            let why = format!("{address} is not registered as it");
            Failure::refused(format!("member {index}"), why).beside(&self.ignored)
        })
    }
}

/// A registration that somebody chose, and where the share of its member is to lie, if not at the index.
#[derive(Clone, Copy, Debug)]
pub struct Chosen<'a> {
    /// The registration.
    pub registration: &'a MemberRegistration,
    /// Where the share is to lie, if somebody said so.
    pub identifier: Option<Identifier>,
}

impl<'a> From<&'a MemberRegistration> for Chosen<'a> {
    fn from(registration: &'a MemberRegistration) -> Self {
        Self { registration, identifier: None }
    }
}

/// A member as people name it: by its index, its address if several claim the index, and where its share is to lie if not at
/// the index: `3`, `3:0x5290..`, `3@0x0a51`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seat {
    index: PartyIndex,
    address: Option<String>,
    identifier: Option<Identifier>,
}

impl Seat {
    /// The member with an index, whose share is to lie there, or else at the index.
    pub fn new(index: PartyIndex, identifier: Option<Identifier>) -> Self {
        Self { index, address: None, identifier }
    }
}

impl std::str::FromStr for Seat {
    type Err = String;

    fn from_str(text: &str) -> std::result::Result<Self, String> {
        let wrong = || format!("{text:?} is no index of a member");
        let (member, identifier) = text.split_once('@').map_or((text, None), |(member, at)| (member, Some(at)));
        let (index, address) = member.split_once(':').map_or((member, None), |(index, address)| (index, Some(address)));
        let index = index.trim().parse().ok().and_then(|number| PartyIndex::new(number).ok()).ok_or_else(wrong)?;
        let no_identifier = || format!("{text:?} has no identifier after its @");
        let identifier = identifier.map(|at| super::identifier(at).ok_or_else(no_identifier)).transpose()?;
        Ok(Self { index, address: address.map(str::to_owned), identifier })
    }
}

/// Which members: all, or some of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Choice {
    /// All that are registered.
    #[default]
    All,
    /// These.
    Some(Vec<Seat>),
}

impl std::str::FromStr for Choice {
    type Err = String;

    fn from_str(text: &str) -> std::result::Result<Self, String> {
        if text == "all" {
            return Ok(Self::All);
        }
        text.split(',').map(str::parse).collect::<std::result::Result<_, _>>().map(Self::Some)
    }
}

/// It is a registration in this party, at the place that its name says.
fn check(object: &Object<MemberRegistration>, party: &[u8]) -> relight::Result<()> {
    object.value.verify(party)?;
    match object.subject == object.value.index().to_string() {
        true => Ok(()),
        false => Err(relight::Error::Mismatch(Field::Index)),
    }
}

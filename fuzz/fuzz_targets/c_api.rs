//! A C program that calls the library in any order, with honest, changed and mixed-up objects and handles, and frees
//! when it likes. Nothing panics, leaks or is read after it was freed; what opens is the node's shares.
#![no_main]

#[path = "c_api/ceremonies.rs"]
mod ceremonies;
#[path = "c_api/recovery.rs"]
mod recovery;

use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;
use relight::{dealing::Ceremony, recovery::RosterMember, registration::BlinderRegistration};
use relight_ffi::backup::*;
use relight_ffi::ceremony::*;
use relight_ffi::closed::*;
use relight_ffi::confirmation::*;
use relight_ffi::dealing::*;
use relight_ffi::decryption::*;
use relight_ffi::derive::*;
use relight_ffi::identifier::*;
use relight_ffi::inspect::*;
use relight_ffi::keys::*;
use relight_ffi::registration::*;
use relight_ffi::release::*;
use relight_ffi::repair::*;
use relight_ffi::request::*;
use relight_ffi::roster::*;
use relight_ffi::session::*;
use relight_ffi::sharing::*;
use relight_ffi::signing::*;
use relight_ffi::statement::*;
use relight_fuzz::c_caller::{Owned, bytes_of, call, check, contents, elements, input, inputs, nothing};
use relight_fuzz::{Mutations, NAME, WORLD};
use std::ptr;
use std::sync::LazyLock;

/// The honest object for this place, or any other one, perhaps changed.
#[derive(Arbitrary, Debug)]
struct Operand {
    other: Option<u8>,
    change: Option<Mutations>,
}

#[derive(Arbitrary, Debug)]
enum Call {
    Inspect { function: u8, object: Operand },
    Derive { curve: u16, info: Operand, root: Operand },
    OfCeremony { function: u8, ceremony: Operand, object: Operand },
    Collect { ceremony: Operand, confirmations: bool },
    ReceiveDealing { dealings: u8, dealing: Operand },
    ReceiveConfirmation { confirmations: u8, confirmation: Operand },
    Confirm { dealings: u8, recipient: u16, key: Operand, like: Option<Operand> },
    Certify { confirmations: u8 },
    Close { dealings: u8, certificate: Operand },
    Finish { closed: u8, late: Operand, recipient: u16, key: Operand },
    Register { function: u8, known: Operand, other: Operand, signer: Operand },
    Sign { purpose: u8, body: Operand, signer: Operand, with: Operand, wallet: bool },
    CreateBackup { statement: Operand, shares: [Operand; 2] },
    VerifyBackup { backup: Operand, statement: Operand },
    CheckBlinder { backup: u8, blinder: Operand },
    OpenBackup { backup: u8, unlock_keys: u8, blinder: Operand },
    Decrypt { share: Operand },
    Combine { commitment: Operand, identifiers: [Operand; 3], shares: [Operand; 2] },
    CombineKeyShares { shares: [Operand; 2] },
    FromShares { curve: u16, threshold: u8, identifiers: [Operand; 3], shares: [Operand; 3] },
    PrepareRepair { commitment: Operand, identifiers: [Operand; 3], keys: [Operand; 3] },
    NewSession { roster: Operand, statement: Operand },
    RestoreSession { state: Operand },
    SaveSession { session: u8 },
    Receive { session: u8, response: Operand, now: u64 },
    Unlock { session: u8 },
    Authorise { draft: Operand, statement: Operand, blinder: Operand },
    SessionAuthorise { session: u8, authorisation: Operand },
    Accuse { session: u8, response: Operand },
    VerifyAccusation { accusation: Operand, roster: Operand },
    Respond { request: Operand, share: Operand, all: bool },
    Free { kind: u8, place: u8 },
}

/// What honest parties have made, encoded once for all runs.
static HONEST: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let mut objects = vec![WORLD.ceremony.encode(), WORLD.roster.encode(), WORLD.statement.encode()];
    objects.extend([WORLD.backup.clone(), WORLD.session.clone(), WORLD.request.clone()]);
    objects.extend([WORLD.blinder.encode().to_vec(), WORLD.keys[0].encode().to_vec(), commitment_of_party()]);
    objects.extend(WORLD.shares.iter().chain(&WORLD.recovery_shares).map(|share| share.encode().to_vec()));
    objects.extend(WORLD.other_ceremonies.iter().map(Ceremony::encode));
    objects.extend(WORLD.dealings.iter().chain(&WORLD.responses).cloned());
    objects.extend(WORLD.confirmations.iter().chain(&WORLD.evidence).chain(&WORLD.pair.authorisations).cloned());
    objects.extend([WORLD.pair.session().encode().to_vec(), WORLD.pair.draft.clone(), WORLD.pair.accusation.clone()]);
    objects.extend(WORLD.blinder_registrations.iter().map(BlinderRegistration::encode));
    objects.extend([WORLD.certificate.encode(), WORLD.identities[0].public().to_bytes()]);
    objects
});

/// What the program holds. Handles that it does not have are NULL.
struct Program {
    /// What came of its calls.
    objects: Vec<Vec<u8>>,
    dealings: Vec<Owned<*mut RelightDealings>>,
    confirmations: Vec<Owned<*mut RelightConfirmations>>,
    closed: Vec<Owned<*mut RelightClosed>>,
    backups: Vec<Owned<*mut RelightBackup>>,
    sessions: Vec<Owned<*mut RelightSession>>,
    unlock_keys: Vec<Owned<*mut RelightUnlockKeys>>,
}

fuzz_target!(|calls: Vec<Call>| {
    let mut program = Program::new();
    calls.into_iter().take(12).for_each(|call| program.run(call));
});

impl Program {
    fn new() -> Self {
        Self {
            objects: vec![],
            dealings: vec![],
            confirmations: vec![],
            closed: vec![],
            backups: vec![],
            sessions: vec![],
            unlock_keys: vec![],
        }
    }

    fn pick(&self, operand: &Operand, honest: &[u8]) -> Vec<u8> {
        let other = operand.other.and_then(|place| {
            let place = usize::from(place) % (HONEST.len() + self.objects.len());
            HONEST.iter().chain(&self.objects).nth(place)
        });
        let object = other.map_or(honest, Vec::as_slice);
        operand.change.as_ref().map_or_else(|| object.to_vec(), |change| change.apply(object))
    }

    fn picks(&self, operands: &[Operand], honest: impl Iterator<Item = Vec<u8>>) -> Vec<Vec<u8>> {
        operands.iter().zip(honest).map(|(operand, honest)| self.pick(operand, &honest)).collect()
    }

    fn run(&mut self, call: Call) {
        match call {
            Call::Inspect { function, object } => self.inspect(function, &object),
            Call::Derive { curve, info, root } => self.derive(curve, &info, &root),
            Call::OfCeremony { function, ceremony, object } => self.of_ceremony(function, &ceremony, &object),
            Call::Collect { ceremony, confirmations } => self.collect(&ceremony, confirmations),
            Call::ReceiveDealing { dealings, dealing } => self.receive_dealing(dealings, &dealing),
            Call::ReceiveConfirmation { confirmations, confirmation } => {
                self.receive_confirmation(confirmations, &confirmation);
            }
            Call::Confirm { dealings, recipient, key, like } => self.confirm(dealings, recipient, &key, like.as_ref()),
            Call::Certify { confirmations } => self.certify(confirmations),
            Call::Close { dealings, certificate } => self.close(dealings, &certificate),
            Call::Finish { closed, late, recipient, key } => self.finish(closed, &late, recipient, &key),
            Call::Register { function, known, other, signer } => self.register(function, &known, &other, &signer),
            Call::Sign { purpose, body, signer, with, wallet } => self.sign(purpose, &body, &signer, &with, wallet),
            Call::CreateBackup { statement, shares } => self.create_backup(&statement, &shares),
            Call::VerifyBackup { backup, statement } => self.verify_backup(&backup, &statement),
            Call::CheckBlinder { backup, blinder } => self.check_blinder(backup, &blinder),
            Call::OpenBackup { backup, unlock_keys, blinder } => self.open_backup(backup, unlock_keys, &blinder),
            Call::Decrypt { share } => self.decrypt(&share),
            Call::Combine { commitment, identifiers, shares } => self.combine(&commitment, &identifiers, &shares),
            Call::CombineKeyShares { shares } => self.combine_key_shares(&shares),
            Call::FromShares { curve, threshold, identifiers, shares } => {
                self.from_shares(curve, threshold, &identifiers, &shares);
            }
            Call::PrepareRepair { commitment, identifiers, keys } => {
                self.prepare_repair(&commitment, &identifiers, &keys);
            }
            Call::NewSession { roster, statement } => self.new_session(&roster, &statement),
            Call::RestoreSession { state } => self.restore_session(&state),
            Call::SaveSession { session } => self.save_session(session),
            Call::Receive { session, response, now } => self.receive(session, &response, now),
            Call::Unlock { session } => self.unlock(session),
            Call::Authorise { draft, statement, blinder } => self.authorise(&draft, &statement, &blinder),
            Call::SessionAuthorise { session, authorisation } => self.session_authorise(session, &authorisation),
            Call::Accuse { session, response } => self.accuse(session, &response),
            Call::VerifyAccusation { accusation, roster } => self.verify_accusation(&accusation, &roster),
            Call::Respond { request, share, all } => self.respond(&request, &share, all),
            Call::Free { kind, place } => self.free(kind, place),
        }
    }

    /// Functions of one object: those that look into it, and those that make another one of it.
    fn inspect(&mut self, function: u8, object: &Operand) {
        let statement = WORLD.statement.encode();
        let bytes = self.pick(object, &statement);
        let of = || input(&bytes);
        // SAFETY: inputs are slices that outlive the call; outputs are of the functions' own types.
        unsafe {
            match function % 16 {
                0 => drop(call(relight_statement_free, |out, details| relight_statement_inspect(of(), out, details))),
                1 => drop(call(relight_key_share_free, |out, details| relight_key_share_inspect(of(), out, details))),
                2 => drop(call(relight_vss_commitment_free, |out, details| {
                    relight_vss_commitment_inspect(of(), out, details)
                })),
                3 => drop(call(relight_request_free, |out, details| relight_request_inspect(of(), out, details))),
                4 => drop(call(nothing, |out, details| relight_ceremony_inspect(of(), out, details))),
                5 => drop(call(nothing, |out, details| relight_response_member(of(), out, details))),
                6 => drop(call(relight_roster_free, |out, details| {
                    relight_roster_verify(input(NAME), of(), out, details)
                })),
                7 => self.keep(bytes_of(|out, details| relight_backup_claim(of(), out, details))),
                8 => self.keep(bytes_of(|out, details| relight_key_share_secret(of(), out, details))),
                9 => self.keep(bytes_of(|out, details| relight_blinder_public(of(), out, details))),
                10 => self.keep(bytes_of(|out, details| relight_member_key_public(of(), out, details))),
                11 => self.keep(bytes_of(|out, details| relight_identifier_of_integer(of(), out, details))),
                12 => drop(call(relight_draft_free, |out, details| relight_draft_inspect(of(), out, details))),
                13 => drop(call(nothing, |out, details| relight_dealing_inspect(of(), out, details))),
                14 => drop(call(relight_blinder_registration_free, |out, details| {
                    relight_blinder_registration_inspect(of(), out, details)
                })),
                _ => self.keep(bytes_of(|out, details| relight_identity_public(of(), out, details))),
            }
        }
    }

    fn derive(&mut self, curve: u16, info: &Operand, root: &Operand) {
        let info = self.pick(info, b"user");
        let roots = [root, root].map(|root| self.pick(root, WORLD.shares[0].secret().expose_bytes()));
        let (info, tag, roots, len) = (input(&info), input(NAME), inputs(&roots), roots.len());
        // SAFETY: as above.
        self.keep(bytes_of(|out, details| unsafe {
            relight_derive_secret(curve, info, tag, roots.as_ptr(), len, out, details)
        }));
    }

    fn create_backup(&mut self, statement: &Operand, shares: &[Operand]) {
        let statement = self.pick(statement, &WORLD.statement.encode());
        let shares = self.picks(shares, WORLD.shares.iter().map(|share| share.encode().to_vec()));
        let list = inputs(&shares);
        // SAFETY: as above.
        self.keep(bytes_of(|out, details| unsafe {
            relight_backup_create(input(&statement), list.as_ptr(), list.len(), out, details)
        }));
    }

    fn verify_backup(&mut self, backup: &Operand, statement: &Operand) {
        let backup = self.pick(backup, &WORLD.backup);
        let statement = self.pick(statement, &WORLD.statement.encode());
        // SAFETY: as above.
        self.backups.extend(call(relight_backup_free, |out, details| unsafe {
            relight_backup_verify(input(&backup), input(&statement), out, details)
        }));
    }

    fn check_blinder(&mut self, backup: u8, blinder: &Operand) {
        let blinder = self.pick(blinder, &WORLD.blinder.encode());
        let backup = handle(&self.backups, backup);
        // SAFETY: as above.
        check(|details| unsafe { relight_backup_check_blinder(backup, input(&blinder), details) });
    }

    fn open_backup(&mut self, backup: u8, unlock_keys: u8, blinder: &Operand) {
        let blinder = self.pick(blinder, &WORLD.blinder.encode());
        let (backup, unlock_keys) = (handle(&self.backups, backup), handle(&self.unlock_keys, unlock_keys));
        // SAFETY: as above; a handle is NULL or held.
        let opened = call(relight_list_free, |out, details| unsafe {
            relight_backup_open(backup, unlock_keys, input(&blinder), out, details)
        });
        let honest: Vec<_> = WORLD.shares.iter().map(|share| share.encode()).collect();
        let mut shares = opened.iter().flat_map(|list| elements(list.get()));
        assert!(shares.all(|share| honest.iter().any(|honest| **honest == *share)), "a share that nobody backed up");
    }

    fn decrypt(&mut self, share: &Operand) {
        let share = self.pick(share, &WORLD.recovery_shares[0].encode());
        let digest = digest();
        // SAFETY: as above.
        let made =
            bytes_of(|out, details| unsafe { relight_decryption_share_new(1, input(&share), &digest, out, details) });
        self.keep(made);
    }

    /// Where the members' shares lie.
    fn identifiers(&self, operands: &[Operand]) -> Vec<Vec<u8>> {
        self.picks(operands, members().map(|member| member.identifier.as_bytes().to_vec()))
    }

    fn combine(&mut self, commitment: &Operand, identifiers: &[Operand], shares: &[Operand]) {
        let (commitment, identifiers) = (self.pick(commitment, &commitment_of_party()), self.identifiers(identifiers));
        let honest = WORLD.decryption_shares(&WORLD.statement.digest());
        let shares = self.picks(shares, honest.iter().map(|share| share.encode().to_vec()));
        let members = (1..).zip(&identifiers);
        let members: Vec<_> =
            members.map(|(index, identifier)| RelightHolder { index, identifier: input(identifier) }).collect();
        let (list, digest) = (inputs(&shares), digest());
        let (commitment, members, members_len) = (input(&commitment), members.as_ptr(), members.len());
        let party = RelightRecoveryParty { commitment, members, members_len };
        // SAFETY: as above.
        self.unlock_keys.extend(call(relight_unlock_keys_free, |out, details| unsafe {
            relight_decryption_shares_combine(&party, &digest, list.as_ptr(), list.len(), out, details)
        }));
    }

    fn combine_key_shares(&mut self, shares: &[Operand]) {
        let shares = self.picks(shares, WORLD.recovery_shares.iter().map(|share| share.encode().to_vec()));
        let list = inputs(&shares);
        // SAFETY: as above.
        self.keep(bytes_of(|out, details| unsafe {
            relight_key_shares_combine(list.as_ptr(), list.len(), out, details)
        }));
    }

    fn from_shares(&mut self, curve: u16, threshold: u8, identifiers: &[Operand], shares: &[Operand]) {
        let identifiers = self.identifiers(identifiers);
        let shares =
            self.picks(shares, WORLD.recovery_shares.iter().map(|share| share.public_share().as_bytes().to_vec()));
        let pairs = identifiers.iter().zip(&shares);
        let pairs: Vec<_> =
            pairs.map(|(at, share)| RelightShare { identifier: input(at), share: input(share) }).collect();
        // SAFETY: as above.
        self.keep(bytes_of(|out, details| unsafe {
            relight_vss_commitment_from_shares(curve, threshold.into(), pairs.as_ptr(), pairs.len(), out, details)
        }));
        let points = inputs(&shares);
        // SAFETY: as above.
        self.keep(bytes_of(|out, details| unsafe {
            relight_vss_commitment_new(curve, points.as_ptr(), points.len(), out, details)
        }));
    }

    /// The first two members help, the third receives.
    fn prepare_repair(&mut self, commitment: &Operand, identifiers: &[Operand], keys: &[Operand]) {
        let (commitment, identifiers) = (self.pick(commitment, &commitment_of_party()), self.identifiers(identifiers));
        let identities: Vec<Vec<u8>> =
            members().map(|member| member.registration.identity().to_bytes().to_vec()).collect();
        let keys = self.picks(keys, members().map(|member| member.registration.member_key().as_bytes().to_vec()));
        let helpers = (1..).zip(identifiers.iter().zip(&keys).zip(&identities)).take(2);
        let helpers: Vec<_> = helpers
            .map(|(index, ((identifier, key), identity))| RelightHelper {
                index,
                identity: input(identity),
                member_key: input(key),
                identifier: input(identifier),
            })
            .collect();
        let receiver = RelightRecipient {
            index: 3,
            identity: input(&identities[2]),
            member_key: input(&keys[2]),
            identifier: input(&identifiers[2]),
        };
        let commitments = [input(&commitment)];
        let repair = RelightRepair {
            parameters: 1,
            name: input(NAME),
            nonce: input(&[3; 32]),
            epoch: 1,
            keys: commitments.as_ptr(),
            keys_len: commitments.len(),
            helpers: helpers.as_ptr(),
            helpers_len: helpers.len(),
            receiver,
        };
        // SAFETY: as above.
        self.keep(bytes_of(|out, details| unsafe { relight_repair_prepare(&repair, out, details) }));
    }

    fn free(&mut self, kind: u8, place: u8) {
        match kind % 6 {
            0 => release(&mut self.backups, place),
            1 => release(&mut self.sessions, place),
            2 => release(&mut self.dealings, place),
            3 => release(&mut self.confirmations, place),
            4 => release(&mut self.closed, place),
            _ => release(&mut self.unlock_keys, place),
        }
    }

    fn keep_unsigned(&mut self, form: Option<Owned<RelightUnsigned>>) {
        let form = form.as_ref().map(Owned::get);
        self.objects.extend(form.into_iter().flat_map(|form| [&form.body, &form.signer]).map(|b| contents(b).to_vec()));
    }

    fn keep(&mut self, object: Option<Vec<u8>>) {
        self.objects.extend(object);
    }
}

fn handle<T>(held: &[Owned<*mut T>], place: u8) -> *const T {
    let place = usize::from(place).checked_rem(held.len());
    place.map_or(ptr::null(), |place| held[place].get().cast_const())
}

fn release<T>(held: &mut Vec<T>, place: u8) {
    if let Some(place) = usize::from(place).checked_rem(held.len()) {
        held.remove(place);
    }
}

fn members() -> impl Iterator<Item = &'static RosterMember> {
    WORLD.roster.members().iter()
}

fn commitment_of_party() -> Vec<u8> {
    WORLD.roster.party().commitment().encode()
}

fn digest() -> RelightDigest {
    RelightDigest { bytes: WORLD.statement.digest().to_bytes() }
}

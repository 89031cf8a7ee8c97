//! Sessions, requests and answers.

use super::{Operand, Program, digest, handle};
use relight::Statement;
use relight_ffi::decryption::*;
use relight_ffi::request::*;
use relight_ffi::session::*;
use relight_ffi::signing::*;
use relight_fuzz::c_caller::{bytes_of, call, check, input, inputs, nothing};
use relight_fuzz::{NAME, NOW, WORLD};

impl Program {
    pub(super) fn new_session(&mut self, roster: &Operand, statement: &Operand) {
        let roster = self.pick(roster, &WORLD.roster.encode());
        let statements = [self.pick(statement, &WORLD.statement.encode())];
        let list = inputs(&statements);
        let ask = RelightAsk {
            party: input(NAME),
            roster: input(&roster),
            statements: list.as_ptr(),
            statements_len: list.len(),
            requester: input(b"fresh"),
            now: NOW,
            expiry: NOW,
        };
        // SAFETY: as above.
        self.sessions
            .extend(call(relight_session_free, |out, details| unsafe { relight_session_new(&ask, out, details) }));
    }

    pub(super) fn restore_session(&mut self, state: &Operand) {
        let state = self.pick(state, &WORLD.session);
        // SAFETY: as above.
        self.sessions.extend(call(relight_session_free, |out, details| unsafe {
            relight_session_decode(input(NAME), input(&state), out, details)
        }));
    }

    pub(super) fn save_session(&mut self, session: u8) {
        let session = handle(&self.sessions, session);
        // SAFETY: as above; a handle is NULL or held.
        unsafe {
            self.keep(bytes_of(|out, details| relight_session_request(session, out, details)));
            self.keep(bytes_of(|out, details| relight_session_encode(session, out, details)));
            drop(call(relight_progress_free, |out, details| relight_session_progress(session, out, details)));
        }
    }

    pub(super) fn receive(&mut self, session: u8, response: &Operand, now: u64) {
        let response = self.pick(response, &WORLD.responses[0]);
        let session = handle(&self.sessions, session);
        // SAFETY: as above.
        drop(call(relight_progress_free, |out, details| unsafe {
            relight_session_receive(session, input(&response), now, out, details)
        }));
    }

    pub(super) fn unlock(&mut self, session: u8) {
        let session = handle(&self.sessions, session);
        // SAFETY: as above.
        self.unlock_keys.extend(call(relight_unlock_keys_free, |out, details| unsafe {
            relight_session_unlock_keys(session, out, details)
        }));
    }

    pub(super) fn authorise(&mut self, draft: &Operand, statement: &Operand, blinder: &Operand) {
        let draft = self.pick(draft, &WORLD.pair.draft);
        let statement = self.pick(statement, &WORLD.pair.statements[0].encode());
        let blinder = self.pick(blinder, &WORLD.blinder.encode());
        let statements = [statement];
        let known = inputs(&statements);
        // SAFETY: as above.
        unsafe {
            drop(bytes_of(|out, details| relight_draft_text(input(&draft), known.as_ptr(), 1, out, details)));
            self.keep(bytes_of(|out, details| {
                relight_authorise(input(&draft), known[0], input(&blinder), out, details)
            }));
        }
    }

    pub(super) fn session_authorise(&mut self, session: u8, authorisation: &Operand) {
        let authorisation = self.pick(authorisation, &WORLD.pair.authorisations[0]);
        let session = handle(&self.sessions, session);
        // SAFETY: as above.
        unsafe {
            check(|details| relight_session_authorise(session, input(&authorisation), details));
            self.keep(bytes_of(|out, details| relight_session_draft(session, out, details)));
        }
    }

    pub(super) fn accuse(&mut self, session: u8, response: &Operand) {
        let response = self.pick(response, &WORLD.responses[0]);
        let session = handle(&self.sessions, session);
        // SAFETY: as above.
        self.keep(bytes_of(|out, details| unsafe { relight_session_accuse(session, input(&response), out, details) }));
    }

    pub(super) fn verify_accusation(&mut self, accusation: &Operand, roster: &Operand) {
        let accusation = self.pick(accusation, &WORLD.pair.accusation);
        let roster = self.pick(roster, &WORLD.roster.encode());
        let statements: Vec<_> = WORLD.pair.statements.iter().map(Statement::encode).collect();
        let list = inputs(&statements);
        let (accusation, party, roster) = (input(&accusation), input(NAME), input(&roster));
        // SAFETY: as above.
        drop(call(nothing, |out, details| unsafe {
            relight_accusation_verify(accusation, party, roster, list.as_ptr(), list.len(), out, details)
        }));
    }

    pub(super) fn respond(&mut self, request: &Operand, share: &Operand, all: bool) {
        let request = self.pick(request, &WORLD.request);
        let share = self.pick(share, &WORLD.recovery_shares[0].encode());
        let (statement, roster) = ([WORLD.statement.encode()], WORLD.roster.encode());
        let list = inputs(&statement);
        let review = RelightReview {
            request: input(&request),
            statements: list.as_ptr(),
            statements_len: list.len(),
            party: input(NAME),
            roster: input(&roster),
            now: NOW,
        };
        let digest = digest();
        // SAFETY: as above.
        let form = call(relight_unsigned_free, |out, details| unsafe {
            relight_respond(&review, input(&share), &digest, usize::from(!all), out, details)
        });
        self.keep_unsigned(form);
    }
}

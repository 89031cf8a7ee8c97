//! Ceremonies, registrations and signatures.

use super::{Operand, Program, handle};
use relight_ffi::closed::*;
use relight_ffi::confirmation::*;
use relight_ffi::dealing::*;
use relight_ffi::evidence::*;
use relight_ffi::registration::*;
use relight_ffi::signing::*;
use relight_fuzz::c_caller::{bytes_of, call, check, input, nothing};
use relight_fuzz::{NAME, NODE, WORLD};

impl Program {
    /// What is checked against a ceremony.
    pub(super) fn of_ceremony(&mut self, function: u8, ceremony: &Operand, object: &Operand) {
        let ceremony = self.pick(ceremony, &WORLD.ceremony.encode());
        let honest = [&WORLD.dealings[0], &WORLD.confirmations[0], &WORLD.certificate.encode(), &WORLD.evidence[0]];
        let function = usize::from(function) % honest.len();
        let object = self.pick(object, honest[function]);
        let (ceremony, object) = (input(&ceremony), input(&object));
        // SAFETY: as above.
        unsafe {
            match function {
                0 => drop(call(nothing, |out, details| relight_dealing_verify(ceremony, object, out, details))),
                1 => drop(call(relight_confirmation_free, |out, details| {
                    relight_confirmation_verify(ceremony, object, out, details)
                })),
                2 => drop(call(relight_certificate_free, |out, details| {
                    relight_certificate_verify(ceremony, object, out, details)
                })),
                _ => drop(call(nothing, |out, details| relight_evidence_verify(ceremony, object, out, details))),
            }
        }
    }

    pub(super) fn collect(&mut self, ceremony: &Operand, confirmations: bool) {
        let ceremony = self.pick(ceremony, &WORLD.ceremony.encode());
        // SAFETY: as above.
        if confirmations {
            self.confirmations.extend(call(relight_confirmations_free, |out, details| unsafe {
                relight_confirmations_new(input(&ceremony), out, details)
            }));
        } else {
            self.dealings.extend(call(relight_dealings_free, |out, details| unsafe {
                relight_dealings_new(input(&ceremony), out, details)
            }));
        }
    }

    pub(super) fn receive_dealing(&mut self, dealings: u8, dealing: &Operand) {
        let honest = &WORLD.dealings[usize::from(dealings) % WORLD.dealings.len()];
        let (dealing, dealings) = (self.pick(dealing, honest), handle(&self.dealings, dealings));
        // SAFETY: as above; a handle is NULL or held.
        unsafe {
            check(|details| relight_dealings_receive(dealings, input(&dealing), details));
            drop(call(relight_dealings_status_free, |out, details| relight_dealings_inspect(dealings, out, details)));
        }
    }

    pub(super) fn receive_confirmation(&mut self, confirmations: u8, confirmation: &Operand) {
        let honest = &WORLD.confirmations[usize::from(confirmations) % WORLD.confirmations.len()];
        let confirmation = self.pick(confirmation, honest);
        let confirmations = handle(&self.confirmations, confirmations);
        // SAFETY: as above.
        check(|details| unsafe { relight_confirmations_receive(confirmations, input(&confirmation), details) });
    }

    pub(super) fn confirm(&mut self, dealings: u8, recipient: u16, key: &Operand, like: Option<&Operand>) {
        let key = self.pick(key, &WORLD.keys[0].encode());
        let like = like.map(|like| self.pick(like, &WORLD.confirmations[1]));
        let dealings = handle(&self.dealings, dealings);
        // SAFETY: as above.
        let form = call(relight_unsigned_free, |out, details| unsafe {
            match &like {
                Some(like) => {
                    relight_dealings_confirm_like(dealings, input(like), recipient, input(&key), out, details)
                }
                None => relight_dealings_confirm(dealings, recipient, input(&key), out, details),
            }
        });
        self.keep_unsigned(form);
    }

    pub(super) fn certify(&mut self, confirmations: u8) {
        let confirmations = handle(&self.confirmations, confirmations);
        // SAFETY: as above.
        unsafe {
            drop(call(relight_confirmations_status_free, |out, details| {
                relight_confirmations_inspect(confirmations, out, details)
            }));
            self.keep(bytes_of(|out, details| relight_confirmations_certificate(confirmations, out, details)));
        }
    }

    pub(super) fn close(&mut self, dealings: u8, certificate: &Operand) {
        let certificate = self.pick(certificate, &WORLD.certificate.encode());
        let dealings = handle(&self.dealings, dealings);
        // SAFETY: as above.
        self.closed.extend(call(relight_closed_free, |out, details| unsafe {
            relight_dealings_close(dealings, input(&certificate), out, details)
        }));
    }

    pub(super) fn finish(&mut self, closed: u8, late: &Operand, recipient: u16, key: &Operand) {
        let honest = &WORLD.dealings[usize::from(recipient) % WORLD.dealings.len()];
        let (late, key) = (self.pick(late, honest), self.pick(key, &WORLD.keys[0].encode()));
        let closed = handle(&self.closed, closed);
        // SAFETY: as above.
        unsafe {
            check(|details| relight_closed_receive(closed, input(&late), details));
            drop(call(relight_closed_status_free, |out, details| relight_closed_inspect(closed, out, details)));
            drop(call(relight_outcome_free, |out, details| relight_closed_finish_public(closed, out, details)));
            drop(call(relight_outcome_free, |out, details| {
                relight_closed_finish(closed, recipient, input(&key), out, details)
            }));
        }
    }

    pub(super) fn register(&mut self, function: u8, known: &Operand, other: &Operand, signer: &Operand) {
        let registrations = &WORLD.blinder_registrations;
        let known = self.pick(known, &registrations[0].encode());
        let (blinder, next) = (self.pick(other, &WORLD.blinder.encode()), self.pick(other, &registrations[1].encode()));
        let signer = self.pick(signer, &WORLD.identities[0].public().to_bytes());
        let (known, blinder, next, signer, network) =
            (input(&known), input(&blinder), input(&next), input(&signer), input(NAME));
        // SAFETY: as above.
        unsafe {
            match function % 4 {
                0 => drop(check(|details| relight_blinder_registration_check_successor(known, next, details))),
                1 => drop(bytes_of(|out, details| {
                    relight_blinder_registration_verify(known, network, input(NODE), signer, out, details)
                })),
                2 => self.keep_unsigned(call(relight_unsigned_free, |out, details| {
                    relight_blinder_registration_successor(known, blinder, out, details)
                })),
                _ => self.keep_unsigned(call(relight_unsigned_free, |out, details| {
                    relight_blinder_register(blinder, network, network, signer, out, details)
                })),
            }
        }
    }

    pub(super) fn sign(&mut self, purpose: u8, body: &Operand, signer: &Operand, with: &Operand, wallet: bool) {
        let confirmation = &WORLD.confirmations[0];
        let body = self.pick(body, &confirmation[..confirmation.len() - 65]);
        let signer = self.pick(signer, &WORLD.identities[0].public().to_bytes());
        let with = self.pick(with, &WORLD.identities[0].encode());
        let (purpose, body, signer, with) = (purpose % 8, input(&body), input(&signer), input(&with));
        let function = if wallet { relight_complete_signature } else { relight_sign };
        // SAFETY: as above.
        unsafe {
            self.keep(bytes_of(|out, details| function(purpose, body, signer, with, out, details)));
            drop(bytes_of(|out, details| relight_wallet_text(purpose, body, out, details)));
            drop(bytes_of(|out, details| relight_introduce(body, signer, with, out, details)));
        }
    }
}

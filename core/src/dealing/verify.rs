//! Checking a dealing (spec §9.3).

use super::agreement::AgreedDealing;
use super::ceremony::Ceremony;
use super::deal::POSSESSION;
use super::keys::Slot;
use super::message::{HEADER_LEN, Header};
use crate::codec::Reader;
use crate::curve::CurveId;
use crate::digest::Digest;
use crate::encryption::{Proof, responses_len, verify};
use crate::error::{DealingFault, Error, Result};
use crate::identity::SIGNATURE_LEN;
use crate::parallel;
use crate::sharing::{Identifier, PartyIndex, SchnorrProof, VssCommitment};
use alloc::vec::Vec;
use core::convert::Infallible;
use core::ops::ControlFlow;

/// A dealing that is known to give every recipient its share of every key.
#[derive(Clone, Debug)]
pub struct VerifiedDealing {
    pub(super) dealer: PartyIndex,
    pub(crate) keys: Vec<VssCommitment>,
    pub(super) proof: Proof,
    pub(super) digest: Digest,
}

impl VerifiedDealing {
    /// Who made it.
    pub fn dealer(&self) -> PartyIndex {
        self.dealer
    }

    /// The digest by which it is confirmed and asked for.
    pub fn digest(&self) -> Digest {
        self.digest
    }

    pub(super) fn name(&self) -> AgreedDealing {
        AgreedDealing { dealer: self.dealer, digest: self.digest }
    }
}

/// What [`Ceremony::verify_dealing`] found of a dealing. It counts in that ceremony only.
#[derive(Clone, Debug)]
pub struct Verdict {
    pub(super) ceremony: Digest,
    /// The dealer and the dealing digest, if it belongs to the ceremony.
    pub(super) dealing: Option<AgreedDealing>,
    pub(super) result: Result<VerifiedDealing>,
}

impl Verdict {
    /// The dealing, if it is valid.
    ///
    /// # Errors
    ///
    /// What is wrong with it: see [`Ceremony::verify_dealing`].
    pub fn result(&self) -> Result<&VerifiedDealing> {
        self.result.as_ref().map_err(Clone::clone)
    }
}

impl Ceremony {
    /// Checks a dealing as it was received.
    ///
    /// The verdict is [`Error::CeremonyMismatch`] or [`Error::UnknownDealer`] if it does not belong here, and otherwise
    /// [`Error::BadDealing`] if it is bad. A fault other than [`DealingFault::Signature`] is the dealer's own: it signed it.
    pub fn verify_dealing(&self, bytes: &[u8]) -> Verdict {
        let ceremony = self.digest();
        match self.header(bytes) {
            Ok(header) => {
                let name = header.name();
                Verdict { ceremony, dealing: Some(name), result: self.judge(&header, &name, bytes) }
            }
            Err(error) => Verdict { ceremony, dealing: None, result: Err(error) },
        }
    }

    /// Checks dealings as they were received: each as [`Ceremony::verify_dealing`] does, in their order, on all cores with
    /// the feature `parallel`. What is the same for all of them is made once.
    ///
    /// ```
    /// use relight::{Error, dealing::{Ceremony, Dealings}};
    ///
    /// /// Gives what is wrong with each that is not taken.
    /// fn take_all(ceremony: &Ceremony, dealings: &mut Dealings<'_>, received: &[Vec<u8>]) -> Vec<Error> {
    ///     let verdicts = ceremony.verify_dealings(received).into_iter();
    ///     verdicts.filter_map(|verdict| dealings.record(verdict).err()).collect()
    /// }
    /// ```
    pub fn verify_dealings<B: AsRef<[u8]>>(&self, dealings: &[B]) -> Vec<Verdict> {
        let unwatched = &mut |_, _| ControlFlow::<Infallible>::Continue(());
        let ControlFlow::Continue(verdicts) = self.verify_dealings_with(dealings, unwatched);
        verdicts
    }

    /// [`Ceremony::verify_dealings`] that can be watched and broken off: `watch` hears after each dealing how many are done
    /// of how many, in the thread of the caller. If it breaks, that is the result.
    pub fn verify_dealings_with<B: AsRef<[u8]>, S>(
        &self,
        dealings: &[B],
        watch: &mut dyn FnMut(usize, usize) -> ControlFlow<S>,
    ) -> ControlFlow<S, Vec<Verdict>> {
        let dealings: Vec<&[u8]> = dealings.iter().map(AsRef::as_ref).collect();
        if dealings.len() > 1 {
            // Threads that wait for the same table would each make it.
            parallel::map(&self.plan().recipients, |recipient| _ = recipient.member_key.table(self.multiples()));
        }
        parallel::map_with(&dealings, watch, |bytes| self.verify_dealing(bytes))
    }

    /// How often a member key is multiplied when all dealings are verified.
    pub(super) fn multiples(&self) -> usize {
        self.plan().dealers.len().saturating_mul(self.plan().parameters.revealed())
    }

    /// Checks a dealing whose name is known.
    pub(super) fn judge(&self, header: &Header<'_>, name: &AgreedDealing, bytes: &[u8]) -> Result<VerifiedDealing> {
        //= spec/9-dealing.md#9-3-verify-a-dealing
        //# A verifier MUST check the signature before it blames the dealer for anything.
        self.check_signature(header)?;
        let fault = |fault| Error::BadDealing { dealer: header.dealer.get(), fault };
        self.verify_body(header, name.digest, bytes).map_err(fault)
    }

    fn verify_body(
        &self,
        header: &Header<'_>,
        digest: Digest,
        bytes: &[u8],
    ) -> core::result::Result<VerifiedDealing, DealingFault> {
        //= spec/13-security.md#13-11-denial-of-service
        //# An implementation MUST check the length of an input against what the caller expects before it does expensive
        //# work.
        if bytes.len() != self.dealing_len() {
            return Err(DealingFault::Length);
        }
        let dealer = header.dealer;
        let mut reader = Reader::new(header.body.get(HEADER_LEN..).unwrap_or_default());
        let keys = self.read_keys(&mut reader).map_err(|_| DealingFault::Encoding)?;
        let sharings: Vec<VssCommitment> = keys.iter().map(|(commitment, _)| commitment.clone()).collect();
        //= spec/9-dealing.md#9-3-verify-a-dealing
        //# The statement of a dealing MUST be formed by the verifier from the ceremony and the commitments.
        let claim = self.claim(dealer, sharings.iter());
        let proof = reader.take(Proof::length_for(&claim)).and_then(|bytes| Proof::decode(bytes, &claim));
        let proof = proof.map_err(|_| DealingFault::Encoding)?;
        let identifier = self.dealer(dealer).map_err(|_| DealingFault::OtherKey)?.identifier;
        let slots = self.slots();
        slots
            .iter()
            .zip(&sharings)
            .try_for_each(|(slot, commitment)| check_old_share(slot, &identifier, commitment))?;
        for ((commitment, possession), index) in keys.iter().zip(0..) {
            let binding = self.possession_binding(dealer, index, commitment);
            let valid = possession.verify(POSSESSION, &binding, commitment.public_key());
            valid.map_err(|_| DealingFault::SchnorrProof)?;
        }
        verify(&claim, &proof).map_err(|_| DealingFault::Encryption)?;
        drop(claim);
        Ok(VerifiedDealing { dealer, keys: sharings, proof, digest })
    }

    /// The length of every dealing of the ceremony, which fixes all but the dealer.
    pub(crate) fn dealing_len(&self) -> usize {
        let (slots, recipients) = (self.slots(), self.plan().recipients.len());
        let points = usize::from(self.threshold().get()).saturating_add(1);
        let key_len = |curve: CurveId| points.saturating_mul(curve.point_len()).saturating_add(curve.scalar_len());
        let curves = slots.iter().map(|slot| slot.curve);
        let parameters = self.plan().parameters;
        let responses = responses_len(parameters, curves.clone()).saturating_mul(recipients);
        let proof = Proof::length(parameters, recipients, responses);
        let keys = curves.map(key_len).fold(0, usize::saturating_add);
        HEADER_LEN.saturating_add(keys).saturating_add(proof).saturating_add(SIGNATURE_LEN)
    }

    fn read_keys(&self, reader: &mut Reader<'_>) -> Result<Vec<(VssCommitment, SchnorrProof)>> {
        self.slots()
            .iter()
            .map(|slot| {
                let commitment = VssCommitment::read_commitments(reader, slot.curve, self.threshold())?;
                Ok((commitment, SchnorrProof::read(reader, slot.curve)?))
            })
            .collect()
    }
}

/// When re-sharing, the constant term must be the dealer's old share.
fn check_old_share(
    slot: &Slot<'_>,
    dealer: &Identifier,
    commitment: &VssCommitment,
) -> core::result::Result<(), DealingFault> {
    let old = slot.old.map(|old| old.public_share(dealer));
    match old {
        Some(old) if old.as_ref() != Ok(commitment.public_key()) => Err(DealingFault::OtherKey),
        _ => Ok(()),
    }
}

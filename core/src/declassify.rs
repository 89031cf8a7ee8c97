//! The only places where something computed from secrets may steer control flow, or be published (spec §13.7).
//!
//! A check of constant time marks secrets, and lets through what passes here. The feature `constant-time-test` tells
//! it of these places; without that feature every function of this module compiles to nothing.

use subtle::Choice;

#[cfg(feature = "constant-time-test")]
pub use hook::set_hook;

/// The encoding of a public key, public share or commitment: published, and compared with expected ones.
#[inline(always)]
pub(crate) fn public_point(encoding: &mut [u8]) {
    reveal(encoding);
}

/// The public half of a session's key: it is in the request.
#[inline(always)]
pub(crate) fn session_key(key: &mut [u8; 32]) {
    reveal(key);
}

/// Which statement a member answered: the progress of a session shows it.
#[inline(always)]
pub(crate) fn place(place: &mut [u8; 2]) {
    reveal(place);
}

/// The nonce of a proof: it is in the proof.
#[inline(always)]
pub(crate) fn nonce(nonce: &mut [u8; 16]) {
    reveal(nonce);
}

/// The challenge of a proof: published, and it selects the instances that are kept.
#[inline(always)]
pub(crate) fn challenge(challenge: &mut [u8; 32]) {
    reveal(challenge);
}

/// Whether a secret is zero, and so refused or drawn again: no secret in use is.
#[inline(always)]
pub(crate) fn is_zero(zero: Choice) -> bool {
    verdict(zero.into())
}

/// Whether the encoding of a scalar is canonical: that of every secret in use is, so it tells of a damaged file only.
#[inline(always)]
pub(crate) fn is_canonical(canonical: bool) -> bool {
    verdict(canonical)
}

/// Whether the checksum of a secret fits: that of every secret in use does, so it tells of a damaged file only.
#[inline(always)]
pub(crate) fn is_intact(intact: Choice) -> bool {
    verdict(intact.into())
}

/// Whether bytes encode a point of G2: those of a decryption share that its member made do.
#[inline(always)]
pub(crate) fn is_point(valid: bool) -> bool {
    verdict(valid)
}

/// Whether combined decryption shares unlock, or whose do not: the answer is the public outcome of a recovery.
#[inline(always)]
pub(crate) fn is_signature(valid: bool) -> bool {
    verdict(valid)
}

#[inline(always)]
fn verdict(verdict: bool) -> bool {
    let mut byte = [u8::from(verdict)];
    reveal(&mut byte);
    byte == [1]
}

/// Mutable, so that the compiler reads the bytes again from where the hook has marked them.
#[inline(always)]
fn reveal(_bytes: &mut [u8]) {
    #[cfg(feature = "constant-time-test")]
    hook::call(_bytes);
}

#[cfg(feature = "constant-time-test")]
mod hook {
    use alloc::boxed::Box;
    use once_cell::race::OnceBox;

    static HOOK: OnceBox<fn(&mut [u8])> = OnceBox::new();

    /// Has `hook` called with everything that becomes public. Only the first hook counts.
    pub fn set_hook(hook: fn(&mut [u8])) {
        _ = HOOK.set(Box::new(hook));
    }

    pub(super) fn call(bytes: &mut [u8]) {
        if let Some(hook) = HOOK.get() {
            hook(bytes);
        }
    }
}

//! Which types hold secrets: each is wiped when dropped, and is not copied unawares. The compiler checks it.

use crate::curve::{Bls12381G1, Secp256k1, SecretScalar, SecretValue};
use crate::sharing::Polynomial;
use crate::{
    Blinder, KeyShare, MemberKey,
    decryption::{DecryptionShare, UnlockKey},
    identity::IdentityKey,
    recovery::Session,
};
use zeroize::ZeroizeOnDrop;

/// Does not compile for a type that is not wiped when dropped.
pub(crate) const fn assert_wiped<T: ZeroizeOnDrop>() {}

/// Does not compile for a type that is not wiped when dropped, or that is `Clone`, as all are that are `Copy`.
macro_rules! assert_secret {
    ($($secret:ty),+) => {
        $(const _: () = {
            /// For a type that is `Clone` both implementations fit, so that the compiler cannot choose.
            trait NotClone<Reason> {
                fn assert() {}
            }
            impl<T: ?Sized> NotClone<()> for T {}
            impl<T: Clone> NotClone<u8> for T {}
            $crate::erasure::assert_wiped::<$secret>();
            _ = <$secret as NotClone<_>>::assert;
        };)+
    };
}
pub(crate) use assert_secret;

assert_secret!(SecretScalar, SecretValue, Blinder, MemberKey, IdentityKey, KeyShare, UnlockKey, Session);
assert_secret!(Polynomial<Secp256k1>, Polynomial<Bls12381G1>);

// A member may keep a copy of its decryption share: it is made to be sent.
const _: () = assert_wiped::<DecryptionShare>();

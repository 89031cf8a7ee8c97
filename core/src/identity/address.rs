//! Addresses, by which wallets show identities (spec §3.7).

use super::keys::IdentityPublicKey;
pub use crate::id::Address;
use core::fmt::{Display, Formatter};
use sha3::{Digest, Keccak256};

const ADDRESS_LEN: usize = size_of::<Address>();

impl IdentityPublicKey {
    /// The address under which a wallet shows this identity.
    pub fn address(&self) -> Address {
        let point = self.0.to_sec1_point(false);
        let coordinates = point.as_bytes().get(1..).unwrap_or_default();
        let hash: [u8; 32] = Keccak256::digest(coordinates).into();
        let mut address = [0; ADDRESS_LEN];
        address.iter_mut().zip(hash.iter().skip(hash.len() - ADDRESS_LEN)).for_each(|(to, from)| *to = *from);
        Address(address)
    }
}

impl Display for Address {
    fn fmt(&self, f: &mut Formatter<'_>) -> core::fmt::Result {
        let digits: [u8; 2 * ADDRESS_LEN] = core::array::from_fn(|place| digit(&self.0, place));
        let checksum: [u8; 32] = Keccak256::digest(digits).into();
        f.write_str("0x")?;
        digits.iter().enumerate().try_for_each(|(place, digit)| {
            let upper = nibble(&checksum, place) >= 8;
            write!(f, "{}", char::from(if upper { digit.to_ascii_uppercase() } else { *digit }))
        })
    }
}

fn digit(bytes: &[u8], place: usize) -> u8 {
    match nibble(bytes, place) {
        small @ 0..10 => b'0' + small,
        large => b'a' + (large - 10),
    }
}

fn nibble(bytes: &[u8], place: usize) -> u8 {
    let byte = bytes.get(place / 2).copied().unwrap_or_default();
    if place.is_multiple_of(2) { byte >> 4 } else { byte & 15 }
}

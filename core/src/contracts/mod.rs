//! What the functions with `hax_lib` contracts have to return: each contract compares with a definition of this module,
//! and so do its property tests. The definitions are those of the text and of the models in `spec/proofs`, as plainly as
//! possible, and share no code with what they are compared with; field and curve arithmetic is the libraries'.

mod sharing;
#[cfg(test)]
mod tests;

pub(crate) use self::sharing::*;
use crate::error::{Error, Result};
use crate::id::{Identifier, PartyIndex};
use alloc::collections::BTreeSet;
use alloc::vec::Vec;
use shake::{ExtendableOutput, Shake256, Update, XofReader};

/// A value and the bytes that it leaves.
pub(crate) type Decoded<'a, T> = Result<(T, &'a [u8])>;

/// The number in so many big-endian octets: `enc_int` of `codec.v`.
pub(crate) fn octets(number: u64, length: usize) -> Vec<u8> {
    match length {
        0 => Vec::new(),
        _ => [octets(number / 256, length - 1), [(number % 256) as u8].to_vec()].concat(),
    }
}

/// `dec_int`.
pub(crate) fn integer(octets: &[u8]) -> u64 {
    octets.iter().fold(0, |number, octet| number * 256 + u64::from(*octet))
}

/// `fixed`.
pub(crate) fn fixed(bytes: &[u8], length: u64) -> Decoded<'_, &[u8]> {
    if length > bytes.len() as u64 {
        return Err(Error::Truncated);
    }
    Ok((&bytes[..length as usize], &bytes[length as usize..]))
}

/// `int`: an integer of so many octets.
pub(crate) fn int(bytes: &[u8], length: u64) -> Decoded<'_, u64> {
    let (octets, rest) = fixed(bytes, length)?;
    Ok((integer(octets), rest))
}

/// The version byte, which is 1.
pub(crate) fn version(bytes: &[u8]) -> Decoded<'_, ()> {
    match int(bytes, 1)? {
        (1, rest) => Ok(((), rest)),
        (other, _) => Err(Error::UnsupportedVersion(other as u8)),
    }
}

/// Bytes after their length in so many octets.
pub(crate) fn prefixed(bytes: &[u8], prefix: usize) -> Vec<u8> {
    [&octets(bytes.len() as u64, prefix), bytes].concat()
}

/// What [`prefixed`] encodes.
pub(crate) fn opaque(bytes: &[u8], prefix: u64) -> Decoded<'_, &[u8]> {
    let (length, rest) = int(bytes, prefix)?;
    fixed(rest, length)
}

/// `opaque x<1..2^32-1>`.
pub(crate) fn nonempty(bytes: &[u8]) -> Decoded<'_, &[u8]> {
    match opaque(bytes, 4)? {
        ([], _) => Err(Error::InvalidLength),
        decoded => Ok(decoded),
    }
}

/// A vector of structures: at least so many items, at most so many, that fill it exactly.
pub(crate) fn items<'a, T>(
    bytes: &'a [u8],
    (least, most): (usize, usize),
    mut read: impl FnMut(&'a [u8]) -> Decoded<'a, T>,
) -> Decoded<'a, Vec<T>> {
    let (mut body, rest) = opaque(bytes, 4)?;
    let mut items = Vec::new();
    while !body.is_empty() {
        if items.len() == most {
            return Err(Error::InvalidLength);
        }
        let (item, left) = read(body)?;
        items.push(item);
        body = left;
    }
    if items.len() < least { Err(Error::InvalidLength) } else { Ok((items, rest)) }
}

/// `decode`: nothing is left over.
pub(crate) fn decode<'a, T>(bytes: &'a [u8], read: impl FnOnce(&'a [u8]) -> Decoded<'a, T>) -> Result<T> {
    match read(bytes)? {
        (value, []) => Ok(value),
        _ => Err(Error::TrailingBytes),
    }
}

/// The number of items that a vector of structures may have.
pub(crate) fn count(items: usize) -> Result<u16> {
    if (1..=65535).contains(&items) { Ok(items as u16) } else { Err(Error::InvalidLength) }
}

/// The length is the expected one.
pub(crate) fn length(length: usize, expected: usize) -> Result<()> {
    if length < expected {
        return Err(Error::Truncated);
    }
    if length > expected { Err(Error::TrailingBytes) } else { Ok(()) }
}

/// A length that one octet can say.
pub(crate) fn short(length: usize) -> Result<()> {
    if length < 256 { Ok(()) } else { Err(Error::InvalidLength) }
}

/// `frame(label, p_1, .., p_n) = lp(VERSION) || lp(label) || lp(p_1) || .. || lp(p_n)`.
pub(crate) fn frame(label: &str, parts: &[&[u8]]) -> Vec<u8> {
    let head = [prefixed(b"relight-v1", 8), prefixed(label.as_bytes(), 8)].concat();
    parts.iter().fold(head, |framed, part| [framed, prefixed(part, 8)].concat())
}

/// `Subset(h)`, step by step.
pub(crate) fn subset(instances: u64, kept: usize, challenge: &[u8; 32]) -> BTreeSet<u64> {
    let mut m = 1;
    while m < instances {
        m *= 2;
    }
    let mut draws = Shake256::default().chain(frame("subset", &[challenge])).finalize_xof();
    let mut chosen = BTreeSet::new();
    while chosen.len() < kept {
        let mut two = [0; 2];
        draws.read(&mut two);
        let v = integer(&two) % m;
        if v < instances {
            chosen.insert(v);
        }
    }
    chosen
}

/// For each instance whether it is in the subset.
pub(crate) fn kept_instances(instances: u16, kept: u16, challenge: &[u8; 32]) -> Vec<bool> {
    let subset = subset(instances.into(), kept.into(), challenge);
    (0..u64::from(instances)).map(|instance| subset.contains(&instance)).collect()
}

/// An index within 1..n.
pub(crate) fn index(number: u16, parties: u16) -> Result<PartyIndex> {
    if 1 <= number && number <= parties { Ok(PartyIndex(number)) } else { Err(Error::InvalidIndex(number)) }
}

/// A threshold within 1..n.
pub(crate) fn threshold(shares: u16, parties: u16) -> Result<u16> {
    if 1 <= shares && shares <= parties { Ok(shares) } else { Err(Error::InvalidThreshold(shares)) }
}

/// `supermajority(n) = floor(2n / 3) + 1`: at most 43691.
pub(crate) fn supermajority(parties: u16) -> u16 {
    ((2 * u64::from(parties)).div_euclid(3) + 1) as u16
}

/// An identifier from its encoding: 1 to 64 bytes, of which the first is not zero.
pub(crate) fn identifier(bytes: &[u8]) -> Result<Identifier> {
    if bytes.is_empty() || bytes.len() > 64 || bytes[0] == 0 {
        return Err(Error::InvalidIdentifier);
    }
    let mut padded = [0; 64];
    padded[..bytes.len()].copy_from_slice(bytes);
    Ok(Identifier { length: bytes.len() as u8, bytes: padded })
}

/// The same as a field, `opaque identifier<1..64>`.
pub(crate) fn identifier_field(bytes: &[u8]) -> Decoded<'_, Identifier> {
    let (field, rest) = opaque(bytes, 1)?;
    Ok((identifier(field)?, rest))
}

/// The number without leading zeros; nothing for zero.
pub(crate) fn shortest(number: u64) -> Vec<u8> {
    let length = (0..8).find(|length| number < 1 << (8 * length)).unwrap_or(8);
    octets(number, length)
}

//! Share identifiers: where a party's share of a key lies.

use crate::details::{Argument, Failure, RelightDetails};
use crate::entry::produce;
use crate::memory::{RelightBuffer, RelightBytes};
use crate::result::RelightResult;
use relight::sharing::{Identifier, PartyIndex};

/// The most bytes that a share identifier has.
pub const RELIGHT_IDENTIFIER_MAX: usize = 64;

const _: () = assert!(RELIGHT_IDENTIFIER_MAX == Identifier::MAX_LEN);

/// The share identifier of a number: `identifier` receives its bytes, and the caller owns them. A number below 256 is
/// also the one byte that it is. Fails with `RELIGHT_RESULT_INVALID_IDENTIFIER` for zero.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_identifier_of_number(
    number: u64,
    identifier: *mut RelightBuffer,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(identifier, details, || Ok(Identifier::new(number).argument("number")?.as_bytes().into()))
}

/// The share identifier of a big-endian integer that may begin with zeros, as one of a fixed length: `identifier`
/// receives its bytes without those, and the caller owns them. Fails with `RELIGHT_RESULT_INVALID_IDENTIFIER` if the
/// integer is zero or has more than 512 bits.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_identifier_of_integer(
    integer: RelightBytes,
    identifier: *mut RelightBuffer,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(identifier, details, || {
        let integer = integer.get("integer")?;
        let zeros = integer.iter().take_while(|byte| **byte == 0).count();
        let (_, significant) = integer.split_at(zeros);
        Ok(Identifier::from_bytes(significant).argument("integer")?.as_bytes().into())
    })
}

/// The identifier that a caller gives as the argument of this name, or none if it is empty.
pub(crate) fn read_optional(name: &str, identifier: &RelightBytes) -> Result<Option<Identifier>, Failure> {
    if identifier.get(name)?.is_empty() { Ok(None) } else { identifier.read(name, Identifier::from_bytes).map(Some) }
}

/// The identifier that a caller gives for a party, or the one that equals its index if that is empty.
pub(crate) fn read_beside(index: PartyIndex, identifier: &RelightBytes) -> Result<Identifier, Failure> {
    Ok(read_optional("identifier", identifier)?.unwrap_or_else(|| index.into()))
}

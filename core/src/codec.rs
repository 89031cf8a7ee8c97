//! Canonical, strict, length-checked encoding (spec §3.5, §15).
//!
//! The wire format is that of the TLS presentation language: big-endian integers, fixed-size arrays, and vectors
//! whose length in bytes precedes them, in one byte for `opaque x<0..255>` and in four for `<..2^32-1>`.
//! A [`Reader`] borrows; nothing is allocated before the bytes that justify it are there.

#[cfg(hax)]
use crate::contracts;
use crate::error::{Error, Result};
use alloc::vec::Vec;
use core::cmp::Ordering;

/// The version byte that top-level objects begin with.
pub(crate) const VERSION: u8 = 1;

/// Reads an object from untrusted bytes.
#[derive(Clone, Debug)]
pub(crate) struct Reader<'a>(&'a [u8]);

#[hax_lib::attributes]
impl<'a> Reader<'a> {
    #[hax_lib::ensures(|result| result.0 == bytes)]
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// Decodes all of `bytes` with `read`; bytes left over are an error.
    #[hax_lib::ensures(|result| result.map(drop) == contracts::decode(bytes, |bytes| {
        let mut reader = Reader(bytes);
        read(&mut reader).map(|_| ((), reader.0))
    }))]
    pub(crate) fn decode_all<T>(bytes: &'a [u8], read: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        let mut reader = Self(bytes);
        let value = read(&mut reader)?;
        //= spec/15-wire.md#15-1-decoding
        //# A decoder MUST consume all bytes of its input, and fail with TrailingBytes otherwise.
        if reader.is_empty() { Ok(value) } else { Err(Error::TrailingBytes) }
    }

    #[hax_lib::ensures(|result| result == (self.0.len() == 0))]
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    #[hax_lib::ensures(|result| result.map(|taken| (taken, future(self).0)) == contracts::fixed(self.0, length as u64))]
    pub(crate) fn take(&mut self, length: usize) -> Result<&'a [u8]> {
        //= spec/15-wire.md#15-1-decoding
        //# A decoder MUST fail with Truncated when a field needs more bytes than its input, or the vector around it,
        //# has.
        let (taken, rest) = self.0.split_at_checked(length).ok_or(Error::Truncated)?;
        self.0 = rest;
        Ok(taken)
    }

    /// All that is left.
    #[hax_lib::ensures(|result| result == self.0 && future(self).0.len() == 0)]
    pub(crate) fn rest(&mut self) -> &'a [u8] {
        core::mem::take(&mut self.0)
    }

    #[hax_lib::ensures(|result| result.map(|array| (array.to_vec(), future(self).0))
        == contracts::fixed(self.0, N as u64).map(|(taken, rest)| (taken.to_vec(), rest)))]
    pub(crate) fn array<const N: usize>(&mut self) -> Result<[u8; N]> {
        let (array, rest) = self.0.split_first_chunk().ok_or(Error::Truncated)?;
        self.0 = rest;
        Ok(*array)
    }

    #[hax_lib::ensures(|result| result.map(|value| (u64::from(value), future(self).0)) == contracts::int(self.0, 1))]
    pub(crate) fn u8(&mut self) -> Result<u8> {
        self.array().map(u8::from_be_bytes)
    }

    #[hax_lib::ensures(|result| result.map(|value| (u64::from(value), future(self).0)) == contracts::int(self.0, 2))]
    pub(crate) fn u16(&mut self) -> Result<u16> {
        self.array().map(u16::from_be_bytes)
    }

    #[hax_lib::ensures(|result| result.map(|value| (u64::from(value), future(self).0)) == contracts::int(self.0, 8))]
    pub(crate) fn u64(&mut self) -> Result<u64> {
        self.array().map(u64::from_be_bytes)
    }

    /// The version byte.
    #[hax_lib::ensures(|result| result.map(|()| ((), future(self).0)) == contracts::version(self.0))]
    pub(crate) fn version(&mut self) -> Result<()> {
        //= spec/15-wire.md#15-1-decoding
        //# A decoder MUST fail with UnsupportedVersion when the version byte is not 1.
        match self.u8()? {
            VERSION => Ok(()),
            other => Err(Error::UnsupportedVersion(other)),
        }
    }

    /// `opaque x<0..255>`.
    #[hax_lib::ensures(|result| result.map(|bytes| (bytes, future(self).0)) == contracts::opaque(self.0, 1))]
    pub(crate) fn short_bytes(&mut self) -> Result<&'a [u8]> {
        let length = self.u8()?;
        self.take(usize::from(length))
    }

    /// `opaque x<0..2^32-1>`.
    #[hax_lib::ensures(|result| result.map(|bytes| (bytes, future(self).0)) == contracts::opaque(self.0, 4))]
    pub(crate) fn long_bytes(&mut self) -> Result<&'a [u8]> {
        let length = u32::from_be_bytes(self.array()?);
        self.take(usize::try_from(length).map_err(|_| Error::Truncated)?)
    }

    /// `opaque x<1..2^32-1>`.
    #[hax_lib::ensures(|result| result.map(|bytes| (bytes, future(self).0)) == contracts::nonempty(self.0))]
    pub(crate) fn nonempty_bytes(&mut self) -> Result<&'a [u8]> {
        let bytes = self.long_bytes()?;
        if bytes.is_empty() { Err(Error::InvalidLength) } else { Ok(bytes) }
    }

    /// `T x<1..2^32-1>`: one to 65535 items that fill the vector exactly.
    #[hax_lib::ensures(|result| result.map(|items| (items.len(), future(self).0))
        == contracts::items(self.0, (1, 65535), as_function(read)).map(|(items, rest)| (items.len(), rest)))]
    pub(crate) fn items<T>(&mut self, read: impl FnMut(&mut Self) -> Result<T>) -> Result<Vec<T>> {
        self.items_up_to(u16::MAX, read)
    }

    /// `opaque x<0..2^32-1>` that holds items one after the other, which may be none.
    #[hax_lib::ensures(|result| result.map(|items| (items.len(), future(self).0))
        == contracts::items(self.0, (0, usize::MAX), as_function(read)).map(|(items, rest)| (items.len(), rest)))]
    pub(crate) fn any_items<T>(&mut self, mut read: impl FnMut(&mut Self) -> Result<T>) -> Result<Vec<T>> {
        let mut body = Self(self.long_bytes()?);
        let mut items = Vec::new();
        while !body.is_empty() {
            items.push(read(&mut body)?);
        }
        Ok(items)
    }

    /// [`Reader::items`] with a limit: one item more is not read.
    #[hax_lib::ensures(|result| result.map(|items| (items.len(), future(self).0))
        == contracts::items(self.0, (1, limit.into()), as_function(read)).map(|(items, rest)| (items.len(), rest)))]
    pub(crate) fn items_up_to<T>(
        &mut self,
        limit: u16,
        mut read: impl FnMut(&mut Self) -> Result<T>,
    ) -> Result<Vec<T>> {
        let mut body = Self(self.long_bytes()?);
        let mut items = Vec::new();
        while !body.is_empty() {
            //= spec/13-security.md#13-11-denial-of-service
            //# A decoder MUST refuse a list at the first item beyond its limit, before it reads that item.
            if items.len() == usize::from(limit) {
                return Err(Error::InvalidLength);
            }
            //= spec/15-wire.md#15-1-decoding
            //# A decoder MUST NOT allocate memory for more items than the bytes at hand can hold.
            items.push(read(&mut body)?);
        }
        count(&items)?;
        Ok(items)
    }
}

/// The number of items, if it is one that the formats allow: one to 65535.
#[hax_lib::ensures(|result| result == contracts::count(items.len()))]
pub(crate) fn count<T>(items: &[T]) -> Result<u16> {
    //= spec/15-wire.md#15-1-decoding
    //# A decoder MUST refuse, with InvalidLength, a vector of structures that is empty or that has more than 65535 of
    //# them.
    match u16::try_from(items.len()) {
        Ok(count) if count > 0 => Ok(count),
        _ => Err(Error::InvalidLength),
    }
}

/// Checks a length that is known beforehand. Fails with [`Error::Truncated`] or [`Error::TrailingBytes`].
#[hax_lib::ensures(|result| result == contracts::length(bytes.len(), expected))]
pub(crate) fn check_length(bytes: &[u8], expected: usize) -> Result<()> {
    match bytes.len().cmp(&expected) {
        Ordering::Less => Err(Error::Truncated),
        Ordering::Equal => Ok(()),
        Ordering::Greater => Err(Error::TrailingBytes),
    }
}

/// Checks the length of an `opaque x<0..255>` field.
#[hax_lib::ensures(|result| result == contracts::short(bytes.len()))]
pub(crate) fn check_short(bytes: &[u8]) -> Result<()> {
    if bytes.len() <= usize::from(u8::MAX) { Ok(()) } else { Err(Error::InvalidLength) }
}

/// A closure as the contracts see it, if it has no state: from bytes to a value and the bytes that it leaves.
#[cfg(hax)]
fn as_function<'a, T>(
    mut read: impl FnMut(&mut Reader<'a>) -> Result<T>,
) -> impl FnMut(&'a [u8]) -> contracts::Decoded<'a, T> {
    move |bytes| {
        let mut reader = Reader(bytes);
        let value = read(&mut reader)?;
        Ok((value, reader.0))
    }
}

/// Builds an encoding.
///
/// Vectors longer than their prefix can say cannot arise: short fields are checked when the object is made, and
/// long ones hold at most 65535 items of bounded size.
#[derive(Clone, Debug, Default)]
//= spec/15-wire.md#15-1-decoding
//# Decoding and encoding again MUST give the same bytes.
pub(crate) struct Writer(Vec<u8>);

#[hax_lib::attributes]
impl Writer {
    /// A writer whose first byte is the version.
    #[hax_lib::ensures(|result| result.0 == [1])]
    pub(crate) fn versioned() -> Self {
        Self::default().u8(VERSION)
    }

    /// For secrets: a buffer that never grows leaves no copies behind.
    #[hax_lib::ensures(|result| result.0 == [1])]
    pub(crate) fn versioned_with_capacity(capacity: usize) -> Self {
        Self::with_capacity(capacity).u8(VERSION)
    }

    /// [`Writer::versioned_with_capacity`] without the version.
    #[hax_lib::ensures(|result| result.0.len() == 0)]
    pub(crate) fn with_capacity(capacity: usize) -> Self {
        Self(Vec::with_capacity(capacity))
    }

    #[hax_lib::ensures(|result| result.0 == [self.0.as_slice(), bytes].concat())]
    pub(crate) fn bytes(mut self, bytes: &[u8]) -> Self {
        self.0.extend_from_slice(bytes);
        self
    }

    #[hax_lib::ensures(|result| result.0 == [self.0, contracts::octets(value.into(), 1)].concat())]
    pub(crate) fn u8(self, value: u8) -> Self {
        self.bytes(&[value])
    }

    #[hax_lib::ensures(|result| result.0 == [self.0, contracts::octets(value.into(), 2)].concat())]
    pub(crate) fn u16(self, value: u16) -> Self {
        self.bytes(&value.to_be_bytes())
    }

    #[hax_lib::ensures(|result| result.0 == [self.0, contracts::octets(value.into(), 8)].concat())]
    pub(crate) fn u64(self, value: u64) -> Self {
        self.bytes(&value.to_be_bytes())
    }

    #[hax_lib::requires(bytes.len() <= 255)]
    #[hax_lib::ensures(|result| result.0 == [self.0, contracts::prefixed(bytes, 1)].concat())]
    pub(crate) fn short_bytes(self, bytes: &[u8]) -> Self {
        debug_assert!(bytes.len() <= usize::from(u8::MAX));
        self.u8(bytes.len() as u8).bytes(bytes)
    }

    #[hax_lib::requires(bytes.len() <= 4294967295)]
    #[hax_lib::ensures(|result| result.0 == [self.0, contracts::prefixed(bytes, 4)].concat())]
    pub(crate) fn long_bytes(self, bytes: &[u8]) -> Self {
        debug_assert!(u32::try_from(bytes.len()).is_ok());
        self.bytes(&(bytes.len() as u32).to_be_bytes()).bytes(bytes)
    }

    #[hax_lib::ensures(|result| result.0 == [self.0, {
        let encodings: Vec<Vec<u8>> = items.iter().map(|item| write(Writer::default(), item).0).collect();
        contracts::prefixed(&encodings.concat(), 4)
    }].concat())]
    pub(crate) fn items<T>(self, items: &[T], write: impl Fn(Self, &T) -> Self) -> Self {
        let body = items.iter().fold(Self::default(), write);
        self.long_bytes(&body.0)
    }

    #[hax_lib::ensures(|result| result == self.0)]
    pub(crate) fn finish(self) -> Vec<u8> {
        self.0
    }
}

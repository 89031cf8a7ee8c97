use super::*;
use crate::codec::{Reader, Writer, check_length, check_short, count as counted};
use alloc::vec;

/// The bytes are read by the code, which leaves some, and by the definition.
fn compare<'a, T: PartialEq + core::fmt::Debug>(
    bytes: &'a [u8],
    read: impl FnOnce(&mut Reader<'a>) -> Result<T>,
    expected: Decoded<'a, T>,
) -> core::result::Result<(), TestCaseError> {
    let mut reader = Reader::new(bytes);
    let value = read(&mut reader);
    prop_assert_eq!(value.map(|value| (value, reader.rest())), expected);
    Ok(())
}

/// Whether a writer appends just these octets to what it has.
fn appends(write: impl Fn(Writer) -> Writer, octets: &[u8]) -> core::result::Result<(), TestCaseError> {
    for before in [&[][..], &[1, 2, 3]] {
        let written = write(Writer::default().bytes(before)).finish();
        prop_assert_eq!(written, [before, octets].concat());
    }
    Ok(())
}

proptest! {
    #[test]
    fn bytes_are_taken(bytes in vector(any::<u8>(), 0..12), length in 0usize..16) {
        compare(&bytes, |reader| reader.take(length), fixed(&bytes, length as u64))?;
        compare(&bytes, |reader| Ok(reader.rest()), Ok((&bytes[..], &[])))?;
        compare(&bytes, |reader| Ok(reader.is_empty()), Ok((bytes.is_empty(), &bytes)))?;
        let five = fixed(&bytes, 5).map(|(taken, rest)| (taken.to_vec(), rest));
        compare(&bytes, |reader| reader.array::<5>().map(|array| array.to_vec()), five)?;
        prop_assert!(Reader::new(&bytes).take(usize::MAX).is_err());
    }

    #[test]
    fn integers_are_read(bytes in vector(any::<u8>(), 0..12)) {
        compare(&bytes, |reader| reader.u8().map(u64::from), int(&bytes, 1))?;
        compare(&bytes, |reader| reader.u16().map(u64::from), int(&bytes, 2))?;
        compare(&bytes, |reader| reader.u64(), int(&bytes, 8))?;
    }

    #[test]
    fn the_version_is_read(bytes in vector(0u8..3, 0..3)) {
        compare(&bytes, Reader::version, version(&bytes))?;
    }

    #[test]
    fn prefixed_bytes_are_read(bytes in vector(prop_oneof![3 => 0u8..4, 1 => any::<u8>()], 0..12), zeros in 0usize..5) {
        let bytes = [vec![0; zeros], bytes].concat();
        compare(&bytes, Reader::short_bytes, opaque(&bytes, 1))?;
        compare(&bytes, Reader::long_bytes, opaque(&bytes, 4))?;
        compare(&bytes, Reader::nonempty_bytes, nonempty(&bytes))?;
    }

    /// Items of varying length: bytes with a prefix.
    #[test]
    fn items_are_read(bytes in vector(0u8..4, 0..12), limit in 0u16..5, cut in 0usize..3, tail in vector(any::<u8>(), 0..3)) {
        let encoded = [prefixed(&bytes, 4), tail].concat();
        let encoded = &encoded[..encoded.len() - cut];
        let item = |bytes| opaque(bytes, 1);
        compare(encoded, |reader| reader.items(Reader::short_bytes), items(encoded, (1, 65535), item))?;
        compare(encoded, |reader| reader.any_items(Reader::short_bytes), items(encoded, (0, usize::MAX), item))?;
        let up_to = items(encoded, (1, limit.into()), item);
        compare(encoded, |reader| reader.items_up_to(limit, Reader::short_bytes), up_to)?;
    }

    #[test]
    fn nothing_is_left_over(bytes in vector(0u8..4, 0..6)) {
        prop_assert_eq!(Reader::decode_all(&bytes, Reader::short_bytes), decode(&bytes, |bytes| opaque(bytes, 1)));
    }

    #[test]
    fn lengths_are_checked(bytes in vector(any::<u8>(), 0..4), expected in 0usize..4) {
        prop_assert_eq!(check_length(&bytes, expected), length(bytes.len(), expected));
    }

    #[test]
    fn numbers_are_written(number: u64) {
        appends(|writer| writer.u8(number as u8), &octets(number & 0xff, 1))?;
        appends(|writer| writer.u16(number as u16), &octets(number & 0xffff, 2))?;
        appends(|writer| writer.u64(number), &octets(number, 8))?;
        prop_assert_eq!(integer(&octets(number, 8)), number);
    }

    #[test]
    fn bytes_are_written(bytes in vector(any::<u8>(), 0..256), more in vector(any::<u8>(), 0..700)) {
        appends(|writer| writer.bytes(&bytes), &bytes)?;
        appends(|writer| writer.short_bytes(&bytes), &prefixed(&bytes, 1))?;
        appends(|writer| writer.long_bytes(&more), &prefixed(&more, 4))?;
    }

    #[test]
    fn items_are_written(items in vector(any::<u16>(), 0..20)) {
        let encodings = items.iter().flat_map(|item| octets((*item).into(), 2)).collect::<Vec<_>>();
        appends(|writer| writer.items(&items, |writer, item| writer.u16(*item)), &prefixed(&encodings, 4))?;
    }
}

#[test]
fn writers_begin_with_the_version() {
    for capacity in [0, 1, 100] {
        assert!(Writer::with_capacity(capacity).finish().is_empty());
        assert_eq!(Writer::versioned_with_capacity(capacity).finish(), [1]);
    }
    assert_eq!(Writer::versioned().finish(), [1]);
}

#[test]
fn numbers_of_items_and_of_bytes_have_their_limits() {
    for number in [0, 1, 2, 255, 256, 257, 65534, 65535, 65536, 70000] {
        let bytes = vec![7; number];
        assert_eq!(check_short(&bytes), short(number));
        assert_eq!(counted(&bytes), count(number));
        let encoded = prefixed(&bytes, 4);
        let expected = items(&encoded, (1, 65535), |bytes| int(bytes, 1));
        let read = Reader::new(&encoded).items(|reader| reader.u8().map(u64::from));
        assert_eq!(read, expected.map(|(items, _)| items));
    }
}

//! Times: which are refused, how they are shown, and from when to when a request is good.

use crate::common::recovery::{EXPIRY, NOW, Recovery, WEEK, at, roster_at};
use crate::common::{patched, rng};
use relight::{
    Error, Timestamp,
    recovery::{RequestDraft, Session},
};
use std::sync::LazyLock;

/// The last second of the year 9999.
const LAST: u64 = 253_402_300_799;

static WORLD: LazyLock<Recovery> = LazyLock::new(|| Recovery::of(1, 1, 1, 1));

//= spec/2-conventions.md#2-6-times
//= type=test
//# An interface MUST refuse a time that is zero or after the year 9999, with InvalidTime, before it runs an algorithm.
#[test]
fn times_are_not_zero_and_end_with_the_year_9999() {
    let time = Timestamp::from_unix_seconds;
    for refused in [0, LAST + 1, NOW * 1000, u64::MAX, (-1i64) as u64] {
        assert_eq!(time(refused), Err(Error::InvalidTime(refused)));
    }
    assert_eq!([time(1).unwrap().as_unix_seconds(), at(LAST).as_unix_seconds()], [1, LAST]);
    assert_eq!(
        [at(LAST - 1).checked_add(1), at(LAST).checked_add(1)],
        [Ok(at(LAST)), Err(Error::InvalidTime(LAST + 1))]
    );
    assert_eq!([at(2).checked_sub(1), at(1).checked_sub(1)], [Ok(at(1)), Err(Error::InvalidTime(0))]);
    assert_eq!(at(LAST).checked_add(u64::MAX), Err(Error::InvalidTime(u64::MAX)));
    assert!(at(NOW) < at(EXPIRY));
}

#[test]
fn a_session_is_for_a_time_from_now_to_a_week_ahead() {
    let of = |now, expiry| {
        let rng = &mut rng(7);
        Session::new(WORLD.roster.clone(), WORLD.statements.clone(), b"node", at(now), at(expiry), rng).map(|_| ())
    };
    assert_eq!([of(NOW, NOW), of(NOW, NOW + WEEK), of(LAST - 1, LAST)], [Ok(()), Ok(()), Ok(())]);
    assert_eq!(of(NOW, NOW - 1), Err(Error::Expired));
    assert_eq!(of(NOW, NOW + WEEK + 1), Err(Error::ExpiryTooFar));
}

#[test]
fn dates_are_those_of_the_calendar() {
    let session = WORLD.drafted(7);
    let dated = |expiry: u64| {
        let at = roster_at(session.draft()) + 64;
        let draft = patched(&session.draft().encode(), at, &expiry.to_be_bytes());
        let text = RequestDraft::decode(&draft).unwrap().display(&[]).to_string();
        text.lines().find_map(|line| line.strip_prefix("  expires      ")).unwrap().to_owned()
    };
    let cases = [
        (0, "1970-01-01 00:00:00 UTC"),
        (951_782_399, "2000-02-28 23:59:59 UTC"),
        (951_782_400, "2000-02-29 00:00:00 UTC"),
        (4_107_542_400, "2100-03-01 00:00:00 UTC"),
        (253_402_300_799, "9999-12-31 23:59:59 UTC"),
        (253_402_300_800, "253402300800 s after 1970-01-01 00:00:00 UTC"),
        (u64::MAX, "18446744073709551615 s after 1970-01-01 00:00:00 UTC"),
    ];
    cases.iter().for_each(|(second, date)| assert_eq!(dated(*second), *date));
}

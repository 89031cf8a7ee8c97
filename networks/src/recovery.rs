//! What the fresh machine of a node does.

use rand::rng;
use relight::recovery::{Authorisation, Roster, Session};
use relight::{Backup, Blinder, KeyShare, Statement, Timestamp};
use relight_networks::Result;

const A_DAY: u64 = 86_400;

/// Restores the shares of a node. `ask` carries a request to the members, and brings back what they answer.
pub fn recover(
    roster: &Roster,
    expected: &Statement,
    backup: &[u8],
    blinder: &Blinder,
    now: Timestamp,
    ask: impl FnOnce(&[u8]) -> Result<Vec<Vec<u8>>>,
) -> Result<Vec<KeyShare>> {
    let backup = Backup::decode(backup)?.verify(expected)?;
    let (statements, expiry) = (vec![expected.clone()], now.checked_add(A_DAY)?);
    let mut session = Session::new(roster.clone(), statements, b"a fresh machine", now, expiry, &mut rng())?;

    // On the operator's offline machine: a person reads `session.draft().display(..)` before the Blinder is used.
    session.authorise(&Authorisation::new(session.draft(), expected, blinder, &mut rng())?)?;
    for answer in ask(&session.request()?.encode())? {
        session.receive(&answer, now)?;
    }
    Ok(backup.open(&session.unlock_key(&expected.digest())?, blinder)?)
}

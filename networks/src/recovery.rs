//! What the fresh machine of a node does.

use rand::rng;
use relight::recovery::{Authorisation, Roster, Session};
use relight::{Backup, Blinder, KeyShare, Statement};
use relight_networks::Result;

const A_DAY: u64 = 86_400;

/// Restores the shares of a node. `ask` carries a request to the members, and brings back what they answer.
pub fn recover(
    roster: &Roster,
    expected: &Statement,
    backup: &[u8],
    blinder: &Blinder,
    now: u64,
    ask: impl FnOnce(&[u8]) -> Result<Vec<Vec<u8>>>,
) -> Result<Vec<KeyShare>> {
    let backup = Backup::decode(backup)?.verify(expected)?;
    let mut session =
        Session::new(roster.clone(), vec![expected.clone()], b"a fresh machine", now, now + A_DAY, &mut rng())?;

    // On the operator's offline machine: a person reads `session.draft().display(..)` before the Blinder is used.
    session.authorise(&Authorisation::new(session.draft(), expected, blinder, &mut rng())?)?;
    for answer in ask(&session.request()?.encode())? {
        session.receive(&answer, now)?;
    }
    Ok(backup.open(&session.unlock_key(&expected.digest())?, blinder)?)
}

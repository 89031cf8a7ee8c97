//! Waiting for what is missing on the board.

use crate::desk::Desk;
use crate::failure::Result;
use crate::store::Store;
use std::thread::sleep;
use std::time::Duration;

const PAUSE: Duration = Duration::from_secs(1);

/// Takes a step, which says how much is still missing, and if `watching`, another one every second until nothing is. Between
/// two steps other commands may use the store, so that a step reads anew what it needs of it.
pub(super) fn until_done<T>(
    desk: &Desk,
    what: &str,
    (watching, store): (bool, Option<&Store>),
    mut step: impl FnMut() -> Result<(T, u16)>,
) -> Result<T> {
    let (mut result, mut missing) = step()?;
    let all = u64::from(missing);
    let bar = desk.console.progress(what, all);
    while watching && missing > 0 {
        match store {
            Some(store) => store.rest(PAUSE)?,
            None => sleep(PAUSE),
        }
        (result, missing) = step()?;
        bar.set_position(all.saturating_sub(u64::from(missing)));
    }
    bar.finish_and_clear();
    Ok(result)
}

//! How much faster audits are on two threads than on one, and how much heap they take beyond the backups.

use relight::Result;
use relight_benches::Custody;
use relight_benches::heap::{Counted, peak};
use relight_benches::timing::{elapsed_medians, ratio};

#[global_allocator]
static COUNTED: Counted = Counted;

/// Backups, and how often an audit of all of them is timed.
const CASES: [(u16, usize); 2] = [(100, 9), (1000, 3)];

fn main() -> Result<()> {
    for (backups, rounds) in CASES {
        let custody = Custody::new(backups)?;
        let [one, two] = elapsed_medians(rounds, [&|| drop(custody.audit(1)), &|| drop(custody.audit(2))]);
        let [least, most] = [1, 2].map(|threads| peak(|| custody.audit(threads)));
        println!(
            "{backups} backups of 11 keys: {one:.2?} on one thread, {two:.2?} on two, ratio {:.2}; {least} bytes of heap, {most}",
            ratio(one, two)
        );
    }
    Ok(())
}

//! How much faster an audit of 100 backups is on two threads than on one.

use relight::Result;
use relight_benches::Custody;
use relight_benches::timing::{elapsed_medians, ratio};

const ROUNDS: usize = 9;

fn main() -> Result<()> {
    let custody = Custody::new(100)?;
    let [one, two] = elapsed_medians(ROUNDS, [&|| drop(custody.audit(1)), &|| drop(custody.audit(2))]);
    println!("100 backups of 11 keys: {one:.2?} on one thread, {two:.2?} on two, ratio {:.2}", ratio(one, two));
    Ok(())
}

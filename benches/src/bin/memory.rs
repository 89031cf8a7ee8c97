//! How much heap backups take at their peak, beyond what is there before: output included.

use relight::Result;
use relight_benches::heap::{Counted, peak};
use relight_benches::{Fixture, parameter_sets};

#[global_allocator]
static COUNTED: Counted = Counted;

/// The limit for 100 keys.
const LIMIT: usize = 4 << 20;

fn main() -> Result<()> {
    println!("{:>4} {:>6} {:>12} {:>12} {:>12}", "set", "keys", "size", "encrypt", "verify");
    for set in parameter_sets() {
        for keys in [1, 11, 100] {
            let fixture = Fixture::mixed(set, keys)?;
            let backup = fixture.backup()?;
            let encrypt = peak(|| fixture.backup());
            let bytes = backup.encode().len();
            let verify = peak(|| backup.verify(&fixture.statement));
            println!("{:>4} {keys:>6} {bytes:>12} {encrypt:>12} {verify:>12}", set.number());
            assert!(encrypt.max(verify) <= LIMIT, "more than {LIMIT} bytes of heap");
        }
    }
    Ok(())
}

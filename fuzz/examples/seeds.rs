//! Writes an honest object of each kind to the folder that is named: the seeds of the target `decode`.

use std::path::Path;

fn main() -> std::io::Result<()> {
    let folder = std::env::args().nth(1).ok_or_else(|| std::io::Error::other("which folder?"))?;
    let mut seeds = relight_fuzz::decoders::seeds().into_iter();
    seeds.try_for_each(|(name, bytes)| std::fs::write(Path::new(&folder).join(name), bytes))
}

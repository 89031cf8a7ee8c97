//! The program `relight`.

use std::process::ExitCode;

fn main() -> ExitCode {
    relight_cli::run(std::env::args_os())
}

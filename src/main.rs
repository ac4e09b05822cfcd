//! The `deskctl` program; everything is in the library.

fn main() -> std::process::ExitCode {
    deskctl::cli::main()
}

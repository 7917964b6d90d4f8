//! The program: arguments to exit code. All else is in the library.

fn main() -> std::process::ExitCode {
    factum::cli::run(factum::lsp::serve)
}

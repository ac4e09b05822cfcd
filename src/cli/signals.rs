//! Which signals end a command.

/// But what was ignored when the program was started stays so: `nohup` protects from the end of the terminal, and a script's
/// background job from Ctrl-C.
pub fn not_ignored(signals: &[i32]) -> impl Iterator<Item = i32> {
    signals.iter().copied().filter(|signal| !is_ignored(*signal))
}

/// As the kernel tells it; a signal that is caught here is not ignored. Where it does not tell, nothing is.
fn is_ignored(signal: i32) -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:")).map(str::trim);
    let mask = mask.and_then(|mask| u64::from_str_radix(mask, 16).ok()).unwrap_or(0);
    mask & (1 << (signal - 1)) != 0
}

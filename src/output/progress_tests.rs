use super::*;

/// What was printed, for a look at it afterwards.
#[derive(Clone, Default)]
struct Paper(Arc<Mutex<Vec<u8>>>);

impl Paper {
    fn text(&self) -> String {
        String::from_utf8(lock(&self.0).clone()).unwrap()
    }
}

impl Write for Paper {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        lock(&self.0).extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// 100 updates a second for 11 seconds, 10 conversations each.
fn work(progress: &Progress) {
    let start = Instant::now();
    progress.phase("moving_history");
    for tick in 0..=1_100 {
        progress.update_at(start + Duration::from_millis(tick * 10), tick * 10, Some(20_000));
    }
}

/// A log that has been silent long enough.
fn log(paper: &Paper, interval: Duration) -> Progress {
    let progress = Progress::with(View::Plain(Box::new(paper.clone())), interval);
    lock(&progress.state).silent_until = Instant::now();
    progress
}

#[test]
fn plain_is_a_line_per_interval_with_a_first_and_a_last() {
    let paper = Paper::default();
    let progress = log(&paper, Duration::from_secs(5));
    work(&progress);
    progress.event("page", json!({ "offset": 3 }));
    progress.finish("moved 11000 conversations");
    assert_eq!(
        paper.text(),
        "moving history\n\
         moving history: 0 of 20000 (0.0%)\n\
         moving history: 5000 of 20000 (25.0%), 1000/s, about 15 s left\n\
         moving history: 10000 of 20000 (50.0%), 1000/s, about 10 s left\n\
         page: offset=3\n\
         moving history: 11000 of 20000 (55.0%), 1000/s, about 9 s left\n\
         moved 11000 conversations\n"
    );
}

#[test]
fn a_log_says_only_how_short_work_ended() {
    let paper = Paper::default();
    let progress = Progress::with(View::Plain(Box::new(paper.clone())), Duration::from_secs(5));
    progress.phase("moving_history");
    progress.update(3, 7);
    progress.phase("verifying");
    progress.update(7, 7);
    progress.finish("moved 7 conversations");
    assert_eq!(paper.text(), "moved 7 conversations\n");
}

#[test]
fn json_is_an_event_per_line() {
    let paper = Paper::default();
    let progress = Progress::with(View::Json(Box::new(paper.clone())), Duration::from_secs(10));
    work(&progress);
    progress.event("retry", json!({ "attempt": 2 }));
    progress.finish("done");
    assert_eq!(
        paper.text(),
        concat!(
            r#"{"event":"phase","phase":"moving_history"}"#,
            "\n",
            r#"{"event":"progress","phase":"moving_history","done":0,"total":20000,"percent":0.0,"rate_per_second":null,"eta_seconds":null}"#,
            "\n",
            r#"{"event":"progress","phase":"moving_history","done":10000,"total":20000,"percent":50.0,"rate_per_second":1000.0,"eta_seconds":10}"#,
            "\n",
            r#"{"event":"retry","attempt":2}"#,
            "\n",
            r#"{"event":"progress","phase":"moving_history","done":11000,"total":20000,"percent":55.0,"rate_per_second":1000.0,"eta_seconds":9}"#,
            "\n",
            r#"{"event":"finished","message":"done"}"#,
            "\n",
        )
    );
}

#[test]
fn a_phase_ends_with_its_last_count_and_the_next_starts_anew() {
    let paper = Paper::default();
    let progress = log(&paper, Duration::from_secs(5));
    progress.phase("reading");
    progress.update(1, None);
    progress.update(7, None);
    progress.phase("reading");
    progress.phase("writing");
    progress.update(0, 7);
    progress.finish("");
    progress.finish("again");
    assert_eq!(paper.text(), "reading\nreading: 1\nreading: 7\nwriting\nwriting: 0 of 7 (0.0%)\n");
}

#[test]
fn without_a_terminal_there_is_no_bar() {
    for mode in [ProgressMode::Auto, ProgressMode::Bar] {
        assert!(matches!(lock(&Progress::new(mode, false).state).view, View::Plain(_)));
    }
    assert!(matches!(lock(&Progress::new(ProgressMode::None, true).state).view, View::Silent));
}

#[test]
fn a_bar_makes_room_for_notices_and_goes_with_its_work() {
    let progress = Progress::new(ProgressMode::Auto, true);
    progress.phase("moving");
    progress.update(1, 2);
    assert!(lock(&ACTIVE).is_some());
    assert_eq!(without_bar(|| 5), 5);
    drop(progress);
    assert!(lock(&ACTIVE).is_none());
    assert_eq!(without_bar(|| 5), 5);
}

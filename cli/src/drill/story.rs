//! What the audience sees: numbered steps, who does what, how long it takes, how large it is.

use super::files::measure;
use crate::failure::{Failure, Result};
use relight::parallel;
use std::convert::Infallible;
use std::fmt::Display;
use std::io::Write;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Where times and sizes begin.
const TEXT_WIDTH: usize = 88;
const BAR_WIDTH: usize = 40;

/// How a line looks on a terminal.
#[derive(Clone, Copy)]
enum Look {
    Bold,
    Good,
    Bad,
    Faint,
}

impl Look {
    fn code(self) -> &'static str {
        match self {
            Self::Bold => "1",
            Self::Good => "32",
            Self::Bad => "31",
            Self::Faint => "2",
        }
    }
}

/// The storyteller.
pub(crate) struct Story<'a> {
    out: &'a mut dyn Write,
    terminal: bool,
    /// The directory of the drill: paths are shown within it.
    root: PathBuf,
    began: Instant,
    steps: Vec<(String, Instant)>,
    sizes: Vec<(String, u64)>,
    times: Vec<(String, Duration)>,
    troubles: Vec<(String, String)>,
}

impl<'a> Story<'a> {
    /// Colours and progress bars are for terminals only.
    pub(crate) fn new(out: &'a mut dyn Write, terminal: bool, root: &Path) -> Self {
        let (steps, sizes, times, troubles) = Default::default();
        Self { out, terminal, root: root.to_owned(), began: Instant::now(), steps, sizes, times, troubles }
    }

    /// A numbered step of the life of a key.
    pub(crate) fn step(&mut self, title: &str) -> Result<()> {
        self.steps.push((title.to_owned(), Instant::now()));
        let heading = format!("{}  {title}", self.steps.len());
        self.print("")?;
        self.print(&self.painted(Look::Bold, &heading))
    }

    /// Something new within a step.
    pub(crate) fn scene(&mut self, title: impl Display) -> Result<()> {
        self.print(&format!("   {}", self.painted(Look::Bold, &title.to_string())))
    }

    /// Plain words.
    pub(crate) fn say(&mut self, words: impl Display) -> Result<()> {
        self.print(&format!("     {words}"))
    }

    /// Something was done, and it is right.
    pub(crate) fn check(&mut self, done: impl Display) -> Result<()> {
        let mark = self.painted(Look::Good, "✓");
        self.print(&format!("   {mark} {done}"))
    }

    /// What somebody does to spoil it.
    pub(crate) fn sabotage(&mut self, deed: impl Display) -> Result<()> {
        self.trouble("⚡ sabotage:", deed)
    }

    /// What goes wrong by itself.
    pub(crate) fn mishap(&mut self, event: impl Display) -> Result<()> {
        self.trouble("⚡ mishap:", event)
    }

    fn trouble(&mut self, kind: &str, deed: impl Display) -> Result<()> {
        let mark = self.painted(Look::Bad, kind);
        self.troubles.push((deed.to_string(), String::new()));
        self.print(&format!("   {mark} {deed}"))
    }

    /// How the last trouble that is still open is noticed, and who or what is named.
    pub(crate) fn caught(&mut self, named: impl Display) -> Result<()> {
        let mark = self.painted(Look::Good, "✓ caught:");
        let mut unanswered = self.troubles.iter_mut().rev().filter(|(_, answer)| answer.is_empty());
        if let Some((_, answer)) = unanswered.next() {
            *answer = named.to_string();
        }
        self.print(&format!("   {mark} {named}"))
    }

    /// The files that were just written.
    pub(crate) fn wrote(&mut self, path: &Path) -> Result<()> {
        let (count, bytes) = measure(path)?;
        let shown = path.strip_prefix(&self.root).unwrap_or(path).display();
        let noun = if count == 1 { "file" } else { "files" };
        let line = format!("     {:<81} {:>10}", format!("→ {shown}   {count} {noun}"), size(bytes));
        self.print(&self.painted(Look::Faint, &line))
    }

    /// Does independent jobs on all cores, under a progress bar.
    pub(crate) fn work<'j, J: Sync, T: Send>(
        &mut self,
        what: impl Display,
        jobs: &'j [J],
        job: impl Fn(&'j J) -> Result<T> + Sync,
    ) -> Result<Vec<T>> {
        let what = what.to_string();
        let began = Instant::now();
        self.bar(&what, 0, jobs.len());
        let watch = &mut |done, of| {
            self.bar(&what, done, of);
            ControlFlow::<Infallible>::Continue(())
        };
        let ControlFlow::Continue(results) = parallel::map_with(jobs, watch, job);
        self.clear_bar();
        let results = results.into_iter().collect::<Result<_>>()?;
        self.timed(&what, began.elapsed())?;
        Ok(results)
    }

    /// A size worth remembering.
    pub(crate) fn size(&mut self, what: impl Display, path: &Path) -> Result<()> {
        let (what, (_, bytes)) = (what.to_string(), measure(path)?);
        if !self.sizes.iter().any(|(known, _)| *known == what) {
            self.sizes.push((what, bytes));
        }
        Ok(())
    }

    /// Does one thing whose time is worth remembering.
    pub(crate) fn time<T>(&mut self, what: impl Display, deed: impl FnOnce() -> Result<T>) -> Result<T> {
        let began = Instant::now();
        let result = deed()?;
        self.times.push((what.to_string(), began.elapsed()));
        Ok(result)
    }

    /// The closing summary and the verdict.
    pub(crate) fn finish(&mut self, verdict: &str) -> Result<()> {
        self.print("")?;
        self.print(&self.painted(Look::Bold, "Summary"))?;
        self.print_steps()?;
        let sizes: Vec<_> = self.sizes.iter().map(|(what, bytes)| (what.clone(), size(*bytes))).collect();
        let times: Vec<_> = self.times.iter().map(|(what, time)| (what.clone(), duration(*time))).collect();
        self.table("sizes", &sizes)?;
        self.table("times, one thread", &times)?;
        self.print("")?;
        self.print(&format!("   {} sabotages and mishaps, each noticed, named and survived", self.troubles.len()))?;
        for (deed, answer) in self.troubles.clone() {
            self.print(&format!("     {deed}"))?;
            self.print(&self.painted(Look::Faint, &format!("       → {answer}")))?;
        }
        self.print("")?;
        self.print(&self.painted(Look::Good, verdict))
    }

    fn print_steps(&mut self) -> Result<()> {
        let ends = self.steps.iter().skip(1).map(|(_, began)| *began).chain([Instant::now()]);
        let steps = self.steps.iter().zip(ends).enumerate();
        let mut rows: Vec<_> = steps
            .map(|(place, ((title, began), end))| (format!("{}  {title}", place + 1), duration(end - *began)))
            .collect();
        rows.push(("altogether".to_owned(), duration(self.began.elapsed())));
        self.table("the steps", &rows)
    }

    fn table(&mut self, title: &str, rows: &[(String, String)]) -> Result<()> {
        self.print("")?;
        self.print(&format!("   {title}"))?;
        rows.iter().try_for_each(|(what, value)| self.print(&format!("     {what:<76} {value:>12}")))
    }

    fn timed(&mut self, what: &str, time: Duration) -> Result<()> {
        let time = duration(time);
        self.check(format!("{what:<width$}{time:>10}", width = TEXT_WIDTH - 5))
    }

    fn bar(&mut self, what: &str, done: usize, all: usize) {
        if self.terminal {
            let full = BAR_WIDTH * done / all.max(1);
            let bar = format!("{}{}", "█".repeat(full), "░".repeat(BAR_WIDTH - full));
            self.draw(&format!("   {bar} {done}/{all}  {what}"));
        }
    }

    fn clear_bar(&mut self) {
        if self.terminal {
            self.draw("");
        }
    }

    /// Over the current line. A bar that cannot be drawn is no reason to stop.
    fn draw(&mut self, line: &str) {
        let shown: String = line.chars().take(TEXT_WIDTH + 8).collect();
        let _ = write!(self.out, "\r\x1b[2K{shown}").and_then(|()| self.out.flush());
    }

    fn painted(&self, look: Look, text: &str) -> String {
        if self.terminal { format!("\x1b[{}m{text}\x1b[0m", look.code()) } else { text.to_owned() }
    }

    fn print(&mut self, line: &str) -> Result<()> {
        writeln!(self.out, "{}", line.trim_end()).map_err(|error| Failure::file(Path::new("output"), error))
    }
}

fn size(bytes: u64) -> String {
    match bytes {
        0..10_000 => format!("{bytes} B"),
        10_000..1_000_000 => format!("{:.1} kB", bytes as f64 / 1e3),
        _ => format!("{:.2} MB", bytes as f64 / 1e6),
    }
}

fn duration(time: Duration) -> String {
    if time < Duration::from_secs(1) {
        format!("{:.1} ms", time.as_secs_f64() * 1e3)
    } else {
        format!("{:.2} s", time.as_secs_f64())
    }
}

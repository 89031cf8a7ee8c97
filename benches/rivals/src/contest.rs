//! Measures in turns, and prints tables.

use crate::party::{ANSWERING, Answer};
use crate::scheme::{Dealing, Scheme};
use relight::curve::CurveId;
use relight_benches::timing::{median, processor_time};
use std::hint::black_box;
use std::rc::Rc;
use std::time::Duration;

/// What is along the columns of a table: times, then sizes.
pub type Columns = (&'static [&'static str], &'static [&'static str]);

/// For a [`Scheme`].
pub const SCHEME: Columns =
    (&["encrypt", "verify", "answer", "check 7", "combine 7", "open"], &["bytes", "of an answer"]);

/// For a [`Dealing`].
pub const DEALING: Columns = (&["make", "verify"], &["bytes"]);

/// A competitor and what was measured of it.
pub struct Contestant {
    pub name: String,
    pub curve: CurveId,
    pub sizes: Vec<usize>,
    operations: Vec<Box<dyn Fn()>>,
    times: Vec<Vec<Duration>>,
}

impl Contestant {
    pub fn of_scheme<S: Scheme + 'static>(scheme: S) -> Self {
        let bytes = scheme.encrypt();
        let verified = scheme.verify(&bytes).expect("an honest proof");
        let answers: Vec<Answer> = ANSWERING.map(|member| scheme.answer(&verified, member)).collect();
        let unlocked = scheme.combine(&answers).expect("honest answers");
        let sizes = vec![bytes.len(), answers[0].bytes.len()];
        let (name, curve) = (scheme.name(), scheme.curve());
        let all = Rc::new((scheme, bytes, verified, answers, unlocked));
        let operations = vec![
            operation(&all, |(scheme, ..)| drop(black_box(scheme.encrypt()))),
            operation(&all, |(scheme, bytes, ..)| drop(scheme.verify(bytes).expect("an honest proof"))),
            operation(&all, |(scheme, _, verified, ..)| drop(black_box(scheme.answer(verified, *ANSWERING.end())))),
            operation(&all, |(scheme, _, verified, answers, _)| {
                scheme.check(verified, answers).expect("honest answers");
            }),
            operation(&all, |(scheme, _, _, answers, _)| drop(scheme.combine(answers).expect("honest answers"))),
            operation(&all, |(scheme, _, verified, _, unlocked)| {
                scheme.open(verified, unlocked).expect("an honest proof");
            }),
        ];
        Self::new(name, curve, sizes, operations)
    }

    pub fn of_dealing<D: Dealing + 'static>(dealing: D) -> Self {
        let bytes = dealing.deal();
        let (name, curve, sizes) = (dealing.name(), dealing.curve(), vec![bytes.len()]);
        let all = Rc::new((dealing, bytes));
        let operations = vec![
            operation(&all, |(dealing, _)| drop(black_box(dealing.deal()))),
            operation(&all, |(dealing, bytes)| dealing.verify(bytes).expect("an honest dealing")),
        ];
        Self::new(name, curve, sizes, operations)
    }

    fn new(name: String, curve: CurveId, sizes: Vec<usize>, operations: Vec<Box<dyn Fn()>>) -> Self {
        let times = operations.iter().map(|_| Vec::new()).collect();
        Self { name, curve, sizes, operations, times }
    }

    fn run(&mut self) {
        let operations = self.times.iter_mut().zip(&self.operations);
        operations.for_each(|(times, operation)| times.push(processor_time(operation)));
    }

    /// In milliseconds.
    pub fn medians(&self) -> Vec<f64> {
        self.times.iter().map(|times| median(times.clone()).as_secs_f64() * 1e3).collect()
    }
}

/// All operations of all contestants, so many times in turn.
pub fn run(rounds: usize, contestants: &mut [Contestant]) {
    (0..rounds).for_each(|_| contestants.iter_mut().for_each(Contestant::run));
}

/// A row for each contestant; below it, what its figures are as multiples of those of the first one on its curve, if that
/// is another's.
pub fn print(title: &str, columns: Columns, contestants: &[Contestant]) {
    let headings = [columns.0, columns.1].concat();
    println!("\n| {title} | {} |\n|---|{}", headings.join(" | "), "---|".repeat(headings.len()));
    for same_curve in contestants.chunk_by(|one, next| one.curve == next.curve) {
        for contestant in same_curve {
            print_figures(contestant);
            if !contestant.name.starts_with("Relight") {
                print_ratios(contestant, &same_curve[0]);
            }
        }
    }
}

fn print_figures(contestant: &Contestant) {
    let times = contestant.medians().into_iter().map(|time| format!("{} ms", significant(time)));
    let sizes = contestant.sizes.iter().map(|size| thousands(*size));
    let cells: Vec<String> = times.chain(sizes).collect();
    println!("| {}, {} | {} |", contestant.name, contestant.curve, cells.join(" | "));
}

fn print_ratios(contestant: &Contestant, measure: &Contestant) {
    let times = contestant.medians().into_iter().zip(measure.medians());
    let sizes = contestant.sizes.iter().zip(&measure.sizes).map(|(size, other)| (*size as f64, *other as f64));
    let cells: Vec<String> = times.chain(sizes).map(|(figure, other)| significant(figure / other)).collect();
    println!("| *ratio to {}* | {} |", measure.name, cells.join(" | "));
}

fn operation<T: 'static>(all: &Rc<T>, run: fn(&T)) -> Box<dyn Fn()> {
    let all = all.clone();
    Box::new(move || run(&all))
}

/// Two digits after the point below ten, one below a hundred.
fn significant(figure: f64) -> String {
    let digits = if figure < 9.995 { 2 } else { usize::from(figure < 99.95) };
    format!("{figure:.digits$}")
}

fn thousands(size: usize) -> String {
    if size < 1000 { size.to_string() } else { format!("{},{:03}", thousands(size / 1000), size % 1000) }
}

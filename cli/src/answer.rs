//! What a command says when it is done: to people, or as JSON to programs.

use crate::failure::Failure;
use serde::Serialize;
use serde_json::{Value, json};
use std::fmt::{Display, Formatter};

/// Lines for people, and the same facts by their names for programs.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    lines: Vec<String>,
    facts: serde_json::Map<String, Value>,
    unsatisfied: bool,
}

impl Answer {
    /// Begins with a line for people.
    pub fn new(line: impl Display) -> Self {
        Self::default().line(line)
    }

    /// Adds a line for people.
    #[must_use]
    pub fn line(mut self, line: impl Display) -> Self {
        self.lines.push(line.to_string());
        self
    }

    /// Adds a fact for programs.
    #[must_use]
    pub fn fact(mut self, name: &str, value: impl Serialize) -> Self {
        let value = serde_json::to_value(value).unwrap_or(Value::Null);
        self.facts.insert(name.to_owned(), value);
        self
    }

    /// Adds a fact that people read as `name: value`.
    #[must_use]
    pub fn say(self, name: &str, value: impl Display) -> Self {
        let value = value.to_string();
        let line = format!("{:14} {value}", name.replace('_', " "));
        self.line(line).fact(name, value)
    }

    /// Adds a number that people read as `name: value`.
    #[must_use]
    pub fn count(self, name: &str, value: impl Into<u64>) -> Self {
        let value = value.into();
        self.say(name, value).fact(name, value)
    }

    /// Names what was found and is of no use.
    #[must_use]
    pub fn ignoring(self, ignored: &[(String, Failure)]) -> Self {
        let facts: Vec<_> = ignored.iter().map(|(path, why)| json!({ "path": path, "why": why.to_string() })).collect();
        let lines = ignored.iter().fold(self, |answer, (_, why)| answer.line(format!("ignored: {why}")));
        lines.fact("ignored", facts)
    }

    /// Says what was asked for, and that it is not as it should be: the exit status is that of a refusal.
    #[must_use]
    pub fn unsatisfied(self) -> Self {
        Self { unsatisfied: true, ..self }
    }

    /// Is everything as it should be?
    pub fn is_satisfying(&self) -> bool {
        !self.unsatisfied
    }

    /// The facts as one JSON object.
    pub fn json(&self) -> Value {
        Value::Object(self.facts.clone())
    }
}

impl Display for Answer {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        self.lines.iter().try_for_each(|line| writeln!(f, "{line}"))
    }
}

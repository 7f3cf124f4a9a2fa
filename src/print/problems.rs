//! What is wrong with a file, drawn with its line and a mark under the place, or as an object for editors.
//!
//! `annotate-snippets`, which draws the messages of cargo and rustc, draws these. Must never judge: what is a problem
//! and what is a remark is said by whoever found it.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};
use serde::Serialize;

use super::Paper;
use super::json::VERSION;
use crate::knowledge::{Place, Problem};

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The file says something that cannot be, or that nobody will see.
    Error,
    /// The file is right, and might be better.
    Warning,
}

/// A problem and how much it matters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// How much.
    pub severity: Severity,
    /// What and where.
    pub problem: Problem,
}

/// `tumen check --json`
#[derive(Debug, Serialize)]
pub struct Check<'a> {
    /// [`VERSION`]
    pub version: u32,
    /// How many findings are errors.
    pub errors: usize,
    /// How many are warnings.
    pub warnings: usize,
    /// All of them, file by file, in the order of each file.
    pub findings: Vec<Spot<'a>>,
}

/// One finding for an editor.
#[derive(Debug, Serialize)]
pub struct Spot<'a> {
    /// `error` or `warning`.
    pub severity: Severity,
    /// The file's name as it was given.
    pub file: &'a str,
    /// The line, from 1; `null` if the finding has no place.
    pub line: Option<usize>,
    /// The column in characters, from 1.
    pub column: Option<usize>,
    /// The column behind the last character that is meant, in the same line.
    pub end: Option<usize>,
    /// What is wrong.
    pub message: &'a str,
    /// What to do about it; may be empty.
    pub remedy: &'a str,
}

/// The findings for programs.
pub fn object(findings: &[Finding]) -> Check<'_> {
    let count = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
    Check {
        version: VERSION,
        errors: count(Severity::Error),
        warnings: count(Severity::Warning),
        findings: findings.iter().map(Spot::of).collect(),
    }
}

impl<'a> Spot<'a> {
    fn of(Finding { severity, problem }: &'a Finding) -> Self {
        let place = problem.place.as_ref();
        Self {
            severity: *severity,
            file: &problem.file,
            line: place.map(|place| place.line),
            column: place.map(|place| place.column),
            end: place.map(|place| place.column + place.length),
            message: &problem.what,
            remedy: &problem.remedy,
        }
    }
}

/// The findings for people, an empty line between them, and a last line that counts them if there are any.
pub fn text(findings: &[Finding], paper: Paper) -> String {
    if findings.is_empty() {
        return String::new();
    }
    let style = if paper.ascii { DecorStyle::Ascii } else { DecorStyle::Unicode };
    let renderer = if paper.colour { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.decor_style(style).term_width(paper.columns.max(40));
    let mut out = String::new();
    for finding in findings {
        out.push_str(&renderer.render(&[drawn(finding)]));
        out.push_str("\n\n");
    }
    let Check { errors, warnings, .. } = object(findings);
    let number = |count: usize, of: &str| format!("{count} {of}{}", if count == 1 { "" } else { "s" });
    let counts = [(errors, "problem"), (warnings, "warning")].into_iter().filter(|(count, _)| *count > 0);
    let counts: Vec<String> = counts.map(|(count, of)| number(count, of)).collect();
    out + &counts.join(", ") + "\n"
}

/// One finding as the library sees it.
fn drawn(Finding { severity, problem }: &Finding) -> Group<'_> {
    let level = match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(&problem.what);
    let group = match &problem.place {
        None => title.element(Origin::path(&problem.file)),
        Some(place) if place.mark + 1 == place.column => title.element(snippet(place).path(&problem.file)),
        // The line was cut, so that its own columns are not those of the file.
        Some(place) => {
            let origin = Origin::path(&problem.file).line(place.line).char_column(place.column);
            title.element(origin).element(snippet(place))
        }
    };
    let remedy = (!problem.remedy.is_empty()).then(|| Element::from(Level::HELP.message(&problem.remedy)));
    group.elements(remedy)
}

fn snippet(place: &Place) -> Snippet<'_, annotate_snippets::Annotation<'_>> {
    let byte = |at: usize| place.text.char_indices().nth(at).map_or(place.text.len(), |(byte, _)| byte);
    let span = byte(place.mark)..byte(place.mark + place.length);
    Snippet::source(&*place.text).line_start(place.line).annotation(AnnotationKind::Primary.span(span))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding() -> Finding {
        let place =
            Place { line: 36, column: 46, length: 11, text: "  [Kim](kim-jong-um) said".into(), mark: 8 };
        let what = "no entity `kim-jong-um`; did you mean `kim-jong-un`?".into();
        let remedy = "write the id of an entity".into();
        Finding {
            severity: Severity::Error,
            problem: Problem { file: "f.ron".into(), place: Some(place), what, remedy },
        }
    }

    #[test]
    fn the_place_is_marked() {
        let mut finding = finding();
        let ascii = Paper { ascii: true, ..Paper::PLAIN };
        insta::assert_snapshot!("cut_line", text(&[finding.clone()], ascii));
        finding.problem.place.iter_mut().for_each(|place| place.column = place.mark + 1);
        insta::assert_snapshot!("whole_line", text(&[finding], ascii));
    }

    #[test]
    fn what_has_no_place_is_still_told() {
        let mut finding = finding();
        finding.severity = Severity::Warning;
        finding.problem.place = None;
        insta::assert_snapshot!("no_place", text(&[finding], Paper { ascii: true, ..Paper::PLAIN }));
    }
}

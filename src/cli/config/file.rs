//! `factum.toml` as it is written: its keys and values, each with its place, and what is wrong with them.

use std::collections::BTreeMap;
use std::sync::Arc;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::check::Rule;
use crate::report::{Format, Level};
use crate::text::{Diagnostic, Document, Problem, Span, nearest, one_of};

/// A project's settings. Paths are relative to the folder of the file.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "kebab-case")]
#[schemars(title = "factum.toml", deny_unknown_fields)]
pub(super) struct Written {
    /// Which of the files that are found in folders are checked: globs such as `reviews/**`. All, where there are none.
    #[schemars(with = "Vec<String>")]
    pub(super) include: Vec<Spanned<String>>,
    /// Which files are left out, also when they are named by hand: globs such as `old/**`.
    #[schemars(with = "Vec<String>")]
    pub(super) exclude: Vec<Spanned<String>>,
    /// Fact files, tables and folders of fact files that all claims are checked against.
    #[schemars(with = "Vec<String>")]
    pub(super) facts: Vec<Spanned<String>>,
    /// The reference day of claims that give none, such as 2024-12-08.
    #[schemars(with = "Option<String>")]
    pub(super) as_of: Option<Spanned<toml::Value>>,
    /// Only what sources published by this day say.
    #[schemars(with = "Option<String>")]
    pub(super) known_by: Option<Spanned<toml::Value>>,
    /// What is assumed; an empty list assumes nothing.
    #[schemars(schema_with = "assumptions")]
    pub(super) assume: Option<Vec<Spanned<String>>>,
    /// How standard output is written.
    #[schemars(schema_with = "format")]
    pub(super) format: Option<Spanned<String>>,
    /// Files to write as well: a format and a path for each.
    #[schemars(schema_with = "reports")]
    pub(super) reports: BTreeMap<String, Spanned<String>>,
    /// A file of findings that are accepted.
    #[schemars(with = "Option<String>")]
    pub(super) baseline: Option<Spanned<String>>,
    /// What a verdict, or the code of one, means for the run.
    #[schemars(schema_with = "levels")]
    pub(super) levels: BTreeMap<String, Spanned<String>>,
    /// The same in drafts, where it differs.
    #[schemars(schema_with = "levels")]
    pub(super) draft_levels: BTreeMap<String, Spanned<String>>,
    /// Who stands for the reviews of the format `claimreview`.
    pub(super) claimreview: ClaimReview,
}

/// Who stands for a ClaimReview.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "kebab-case")]
#[schemars(deny_unknown_fields)]
pub(super) struct ClaimReview {
    /// The organisation's name.
    pub(super) author: String,
    /// The organisation's page.
    pub(super) author_url: Option<String>,
    /// The page on which the reviews are published.
    pub(super) url: String,
    /// The day of publication.
    pub(super) date: Option<String>,
    /// Whether what is unknown is reviewed too.
    pub(super) unknown: bool,
}

/// The assumptions by name.
pub(super) const ASSUMPTIONS: [&str; 4] = ["boundaries", "once", "persistence", "voice"];
pub(super) const LEVELS: [(&str, Level); 3] = [("allow", Level::Allow), ("warn", Level::Warn), ("deny", Level::Deny)];

fn names(names: impl Iterator<Item = &'static str>) -> Vec<&'static str> {
    names.collect()
}

fn assumptions(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": "array", "items": { "enum": ASSUMPTIONS } })
}

fn format(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "enum": names(Format::ALL.into_iter().map(Format::name)) })
}

fn reports(_: &mut SchemaGenerator) -> Schema {
    let properties: BTreeMap<_, _> = Format::ALL.into_iter().map(|format| (format.name(), json_schema!({ "type": "string" }))).collect();
    json_schema!({ "type": "object", "properties": properties, "additionalProperties": false })
}

fn levels(_: &mut SchemaGenerator) -> Schema {
    let level = json_schema!({ "enum": LEVELS.map(|(name, _)| name) });
    let properties: BTreeMap<_, _> = Rule::all().map(|rule| (rule.name(), level.clone())).collect();
    json_schema!({ "type": "object", "properties": properties, "additionalProperties": false })
}

/// The JSON Schema of `factum.toml`.
pub fn schema() -> Schema {
    let settings = schemars::generate::SchemaSettings::draft2020_12().with(|settings| settings.inline_subschemas = true);
    settings.into_generator().into_root_schema_for::<Written>()
}

/// Reads a config. All keys that are not known are reported, then the first value of a wrong type.
pub(super) fn read(document: &Arc<Document>) -> Result<Written, Vec<Diagnostic>> {
    let text = document.text();
    let broken = |error: &toml::de::Error| {
        let span = error.span().map_or(Span::new(0, 0), |range| Span::new(range.start, range.end));
        vec![Problem::new("config", span, error.message().trim().replace('\n', ", ")).at(document, 0)]
    };
    let table = DeTable::parse(text).map_err(|error| broken(&error))?;
    let mut problems = Vec::new();
    unknown_keys(table.get_ref(), schema().as_value(), "", &mut problems);
    if !problems.is_empty() {
        return Err(problems.into_iter().map(|problem| problem.at(document, 0)).collect());
    }
    toml::from_str(text).map_err(|error| broken(&error))
}

/// The keys that the schema does not have are what a config may not have.
fn unknown_keys(table: &DeTable<'_>, schema: &serde_json::Value, within: &str, problems: &mut Vec<Problem>) {
    let Some(known) = schema.get("properties").and_then(serde_json::Value::as_object) else { return };
    for (key, value) in table {
        let name: &str = key.get_ref();
        match known.get(name) {
            None => {
                let span = Span::new(key.span().start, key.span().end);
                let place = if within.is_empty() { String::new() } else { format!(" under `[{within}]`") };
                let near = one_of(&nearest(name, known.keys().map(String::as_str)));
                let all = || format!("there are {}", known.keys().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", "));
                problems.push(Problem::new("config", span, format!("there is no setting `{name}`{place}")).help(near.unwrap_or_else(all)));
            }
            Some(inner) => {
                if let DeValue::Table(table) = value.get_ref() {
                    unknown_keys(table, inner, name, problems);
                }
            }
        }
    }
}

//! A comparison for programs: `duibiao-diff/1`.

use serde_json::{Value as Json, json};

use super::causes::{ChangedFigure, FigureCause};
use super::index_words;
use super::scores::ScoreRow;
use super::split::{LinkPart, RowPart, ScoreSplit, ends};
use super::{CityDiff, Diff, DiffEnd};
use crate::assess::State;
use crate::ledger::Exact;
use crate::mixture::Which;
use crate::plan::LinkCause;
use crate::replay::Difference;

impl Diff {
    /// The same for programs.
    pub fn json(&self) -> Json {
        let end = |end: &DiffEnd| json!({ "name": end.name, "year": end.year, "edition": end.edition, "figures": end.figures, "version": end.version, "cities": end.cities });
        let change = |one: &ChangedFigure| {
            let origin: Vec<Json> = one
                .origins
                .iter()
                .map(|origin| {
                    let cell =
                        |cell: &Difference| json!({ "id": cell.label, "before": cell.was, "after": cell.is });
                    let cells: Vec<Json> = origin.cells.iter().map(cell).collect();
                    json!({ "id": origin.id, "before": origin.was, "after": origin.is, "cells": cells })
                })
                .collect();
            let kind = if one.is_word { "word" } else { "numeral" };
            json!({ "id": one.id, "kind": kind, "before": one.was, "after": one.is, "cause": one.cause.map(FigureCause::key), "origin": origin })
        };
        let alone = |which: Which| -> Vec<&String> {
            self.alone.iter().filter(|(one, _)| *one == which).map(|(_, name)| name).collect()
        };
        let verdicts = self.cities.iter().flat_map(|city| {
            city.verdicts.iter().map(|one| {
                json!({
                    "city": city.city, "no": one.no, "tier": one.tier, "counted": one.is_counted,
                    "before": one.was.map(State::key), "after": one.is.map(State::key),
                })
            })
        });
        let ranks = self.cities.iter().map(|city| {
            let after: Vec<Json> = city
                .ranks
                .iter()
                .map(|(cause, rank)| json!({ "cause": cause.map(LinkCause::key), "rank": rank }))
                .collect();
            json!({ "city": city.city, "rate": city.rate, "grade": city.grade, "ranks": after })
        });
        let scores =
            self.cities.iter().flat_map(|city| city.scores.iter().map(|split| score_json(city, split)));
        let links: Vec<Json> = self
            .links
            .iter()
            .map(|(cause, folder)| json!({ "cause": cause.key(), "folder": folder }))
            .collect();
        json!({
            "schema": "duibiao-diff/1",
            "before": end(&self.before), "after": end(&self.after), "same": self.is_none(),
            "changes": self.changes.iter().map(change).collect::<Vec<_>>(),
            "scores": scores.collect::<Vec<_>>(),
            "index": self.index.as_ref().map(index_words::json),
            "verdicts": verdicts.collect::<Vec<_>>(),
            "places": ranks.collect::<Vec<_>>(),
            "only_before": alone(Which::Before), "only_after": alone(Which::After),
            "inputs": self.inputs, "tables": self.tables, "catalogue_counts_with_targets": self.catalogue_is_tied, "links": links,
        })
    }
}
fn score_json(city: &CityDiff, split: &ScoreSplit) -> Json {
    let text = |exact: &Exact| exact.to_string();
    let row = |row: &RowPart| {
        let named = row.is.as_ref().or(row.was.as_ref());
        let of = |row: &Option<ScoreRow>| {
            row.as_ref().map(|row| {
                json!({
                    "target": row.target, "actual": row.actual, "state": row.state.map(State::key),
                    "points": row.points.as_ref().map(text), "weight": text(&row.weight),
                })
            })
        };
        json!({
            "no": named.map(|row| &row.no), "name": named.map(|row| &row.name), "part": text(&row.part),
            "before": of(&row.was), "after": of(&row.is),
        })
    };
    let link = |link: &LinkPart| {
        let (low, high) = ends(link.range.as_ref());
        json!({
            "cause": link.cause.key(), "before": text(&link.before), "after": text(&link.after), "part": text(&link.part),
            "low": low, "high": high, "turns": link.turns(),
            "indicators": link.rows.iter().map(row).collect::<Vec<_>>(), "taken_off": text(&link.taken_off),
        })
    };
    json!({
        "city": city.city, "measure": split.measure.total(),
        "before": split.before.as_ref().map(text), "after": split.after.as_ref().map(text),
        "links": split.links.iter().map(link).collect::<Vec<_>>(),
    })
}

//! Integration tests: one binary, a module for each concern.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::arithmetic_side_effects,
    reason = "a failing test may panic"
)]

mod altered_forms;
mod answering;
mod architecture;
mod archive;
mod around;
mod asking;
mod brief;
mod cache;
mod cities;
mod conformance;
mod corpus;
mod diff;
mod documents;
mod draft;
mod draft_forms;
mod duties;
mod english;
mod entries;
mod examined;
mod explained;
mod explorer;
mod faults;
mod fixtures;
mod forms;
mod further_plans;
mod fuzz;
mod gate;
mod golden;
mod golden_draws;
mod heavy;
mod hostile;
mod index_diff;
mod index_file;
mod index_golden;
mod index_round;
mod indexed_round;
mod judgement;
mod laws;
mod ledgers;
mod main_report;
mod many_cities;
mod measure;
mod model;
mod mutants;
mod next_rounds;
mod numerals;
mod numerals_elsewhere;
mod origins;
mod outputs;
mod own_reports;
mod patched_corpus;
mod patches;
mod periods;
mod plans;
mod printing;
mod public_corpus;
mod queries;
mod real_rounds;
mod records;
mod references;
mod replay;
mod results;
mod rows;
mod rules;
mod sampled;
mod saying;
mod scoring;
mod senders;
mod settled;
mod shares;
mod simulate;
mod since;
mod snapshots;
mod status;
mod submissions;
mod targets;
mod technical;
mod terminal;
mod texts;
mod tools;
mod unit_pages;
mod unseen;
mod unsure;
mod verdicts;
mod watching;
mod whole;
mod workspace;
mod world;
mod writers;

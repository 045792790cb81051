# The front door. `make report` makes the report of the round 2023, `make test` checks everything.
# Both install what they need (typst, fonts, pdftotext), once, into a cache outside the build folder.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := report
.PHONY: report test tools loop corpus mutants heavy faults simulate fuzz checked slurm samples clean

ROUND ?= input/2023
MINUTES ?= 10
SEED ?= 1000000
CASE ?=
export DUIBIAO_CACHE ?= $(HOME)/.cache/duibiao
export CARGO_TARGET_DIR ?= $(DUIBIAO_CACHE)/target

report: tools
	cargo build --locked --bin duibiao
	@status=0; "$(CARGO_TARGET_DIR)/debug/duibiao" run "$(ROUND)" || status=$$?; \
	  if [ $$status -eq 1 ]; then echo "报告已生成；有错误级问题待核实，见技术卷附件5 (report made, with findings of severity error)"; \
	  elif [ $$status -ne 0 ]; then exit $$status; fi

test: tools
	cargo fmt --check
	cargo clippy --locked --all-targets -- -D warnings
	RUSTDOCFLAGS="-D warnings" cargo doc --locked --no-deps --document-private-items
	cargo test --locked

# Compares what is read with what other programs wrote, and gives their workbooks back with marks (needs LibreOffice, Python with pip, openpyxl and xlsxwriter, and npm;
# takes the test workbooks of other projects from the registries that these are set up for).
corpus:
	cargo test --locked --test it corpus -- --ignored --nocapture

# Breaks workbooks in a hundred thousand ways; see docs/robustness.md.
mutants:
	cargo test --locked --test it a_hundred_thousand_mutants -- --ignored --nocapture

# Lets every call to the system fail, kills a run at each of them, fills disks, changes inputs; see docs/robustness.md.
faults:
	cargo test --locked --test it faults:: -- --include-ignored --nocapture --test-threads 1

# Small files that make much work: time and memory of all processes; see docs/robustness.md.
heavy:
	cargo test --locked --test it heavy:: -- --ignored --nocapture --test-threads=1

# Draws 20,000 workbooks as departments lay them out, and holds every value against the truth; see docs/robustness.md.
simulate:
	cargo test --locked --test it twenty_thousand_simulated_departments -- --ignored --nocapture

# Draws random plans and random workbooks for MINUTES, and holds the laws; CASE repeats one. See docs/robustness.md.
fuzz:
	DUIBIAO_FUZZ_MINUTES=$(MINUTES) DUIBIAO_FUZZ_SEED=$(SEED) DUIBIAO_FUZZ_CASE=$(CASE) \
	  cargo test --locked --test it laws_hold_for_as_many_minutes -- --ignored --nocapture

# Publishes a hundred random rounds, and lets the independent checker do every step of them again; see docs/robustness.md.
checked:
	DUIBIAO_FUZZ_SEED=$(SEED) cargo test --locked --test it a_hundred_random_rounds_again -- --ignored --nocapture

# Takes the sample round through the bureau's loop: forms out, filled in by openpyxl and LibreOffice, queries out, answers in, decided (needs
# LibreOffice, Python and openpyxl); see docs/queries.md.
loop: tools
	cargo build --locked --bin duibiao
	python3 tests/loop/loop.py "$(CARGO_TARGET_DIR)/debug/duibiao" input

# Evaluates a generated round on two Slurm nodes on this machine, one of which is killed in the middle (needs slurm-wlm and munge); see deploy/slurm/README.md.
slurm: tools
	cargo build --locked --bin duibiao --example cities
	deploy/slurm/test.sh "$(CARGO_TARGET_DIR)/debug/duibiao" "$(CARGO_TARGET_DIR)/debug/examples/cities"

# Makes the sample submissions again (needs LibreOffice for the .xls, .ods and foreign .xlsx among them).
samples:
	cargo run --locked --example samples -- input

tools:
	@.ci/tools

clean:
	rm -rf "$(CARGO_TARGET_DIR)" output/20*

#!/usr/bin/env bash
# Compares what two versions of the program make of the same rounds: every file of the output, byte for byte.
#
#   tests/same-bytes.sh <commit>      that commit against the files as they stand
#
# Rounds: both sample rounds, and one of 30 cities that have the plans, workbooks and registers of the samples in turn.
# Exit status 0: all the same; 1: some differ, each is named; 2: a version could not be built or run.
set -euo pipefail
cd "$(dirname "$0")/.."
base=$(git rev-parse --verify "${1:?usage: tests/same-bytes.sh <commit>}^{commit}") || exit 2
cache=${DUIBIAO_CACHE:-$HOME/.cache/duibiao}
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$cache/target}
folder=$(mktemp -d)
tree=$folder/base
trap 'git worktree remove --force "$tree" 2>/dev/null || true; rm -rf "$folder"' EXIT

many_cities() { # <from> <to> <count>
  mkdir -p "$2/2023"
  cp -r "$1/catalogue.toml" "$1/sources" "$2/"
  local names=() sample name
  for number in $(seq -w 1 "$3"); do
    sample=$([ $((10#$number % 2)) -eq 1 ] && echo xiangtan || echo qianjiang)
    name=$sample-$number
    cp -r "$1/2023/$sample" "$2/2023/$name"
    sed -i -e "s/^city = \"$sample\"/city = \"$name\"/" -e "s/^short = .*/short = \"第${number}市\"/" "$2/2023/$name/plan.toml"
    names+=("\"$name\"")
  done
  local list
  list=$(IFS=,; echo "${names[*]}")
  # Decisions about the two cities of the sample concern none of these.
  sed -e '/^\[\[/,$d' -e "s/^cities = .*/cities = [$list]/" "$1/2023/round.toml" >"$2/2023/round.toml"
}

build() { # <tree> <to>
  # Both trees share a target folder, where cargo takes files that are older than the last build for built.
  (cd "$1" && touch src/lib.rs src/main.rs && cargo build --locked --quiet --bin duibiao && cp "$CARGO_TARGET_DIR/debug/duibiao" "$2") || exit 2
}

publish() { # <program> <to>
  local round status
  for round in "$folder/in/2023" "$folder/in/2025" "$folder/many/2023"; do
    status=0
    "$1" run "$round" --quiet --output "$2/$(basename "$(dirname "$round")")-$(basename "$round")" >/dev/null || status=$?
    [ "$status" -le 1 ] || { echo "$1 run $round: exit status $status" >&2; exit 2; }
  done
}

git worktree add --quiet --detach "$tree" "$base"
build "$tree" "$folder/old"
build . "$folder/new"
# Both read the inputs of the base, so that only the program differs.
cp -r "$tree/input" "$folder/in"
many_cities "$folder/in" "$folder/many" 30
publish "$folder/old" "$folder/old-output"
publish "$folder/new" "$folder/new-output"
if diff -rq "$folder/old-output" "$folder/new-output"; then
  echo "same bytes: $(find "$folder/new-output" -type f | wc -l) files"
else
  exit 1
fi

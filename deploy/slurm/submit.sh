#!/bin/sh
# Evaluates a round in N parts on a Slurm cluster, and merges them: submit.sh ROUND OUT N [OPTIONS OF run…]
#
# ROUND and OUT lie on a file system that all nodes share. The parts and the logs are put into OUT.parts. What is printed: the numbers of
# the two jobs. DUIBIAO names the program, where it is not on the PATH; it has to be in the same place on all nodes.
set -eu

fail() {
  echo "未提交 not submitted: $*" >&2
  exit 2
}

[ $# -ge 3 ] || fail "submit.sh ROUND OUT N [OPTIONS OF run…]"
round=$1 output=$2 count=$3
shift 3

[ -f "$round/round.toml" ] || fail "$round 中没有round.toml (no round.toml)"
case $count in
'' | *[!0-9]* | 0*) fail "份数须为正整数 (not a number of parts): $count" ;;
esac
[ "${#count}" -le 4 ] || fail "份数过多 (too many parts): $count"
for option in "$@"; do
  case $option in
  --part | --part=* | --to | --to=* | -o* | --output | --output=* | --city | --city=* | -j* | --jobs | --jobs=*)
    fail "$option 由本脚本给出 (is given by this script)"
    ;;
  --cache | --cache=*) fail "分片不用缓存 (parts take no cache)" ;;
  esac
done
command -v sbatch >/dev/null || fail "没有sbatch (no sbatch)"
program=$(command -v "${DUIBIAO:-duibiao}") || fail "找不到duibiao，请设DUIBIAO (program not found: set DUIBIAO)"

# Whole paths; what the options name may be relative, since jobs start in the folder of submission.
here=$(cd "$(dirname "$0")" && pwd)
program=$(cd "$(dirname "$program")" && pwd)/$(basename "$program")
round=$(cd "$round" && pwd)
above=$(dirname "$output")
mkdir -p "$above"
output=$(cd "$above" && pwd)/$(basename "$output")
parts=$output.parts
case $parts in
*%*) fail "路径中不能有% (no % in paths): $output" ;;
esac
mkdir -p "$parts/log"

array=$(sbatch --parsable --output="$parts/log/part-%a.txt" --array="1-$count" \
  "$here/parts.sbatch" "$program" "$round" "$parts" "$count" "$@") || fail "sbatch"
array=${array%%;*}
# When a part has failed for good the merge is taken from the queue: it never waits for what does not come.
merge=$(sbatch --parsable --output="$parts/log/merge.txt" --dependency="afterok:$array" --kill-on-invalid-dep=yes \
  "$here/merge.sbatch" "$program" "$round" "$parts" "$count" "$output" "$@") || {
  scancel "$array"
  fail "sbatch (merge)"
}
echo "$array ${merge%%;*}"

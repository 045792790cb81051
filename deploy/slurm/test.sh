#!/usr/bin/env bash
# Evaluates a generated round on a Slurm cluster of two nodes on this machine, kills one of them in the middle, and holds the merged output
# against the undivided one, byte for byte. Needs slurm-wlm and munge (Debian); leaves nothing behind.
#
#   deploy/slurm/test.sh PROGRAM CITIES-PROGRAM      `make slurm` builds both
#
# CITIES and PARTS may be set (100 and 8); KEEP=1 leaves the folder. Typst and fonts are found as `duibiao run` finds them.
set -euo pipefail

program=$(realpath "$1") generator=$(realpath "$2")
cities=${CITIES:-100} count=${PARTS:-8}
here=$(cd "$(dirname "$0")" && pwd)
export PATH=$PATH:/usr/sbin:/sbin
needed=(munged slurmctld slurmd sbatch scontrol squeue)
for name in "${needed[@]}"; do
  command -v "$name" >/dev/null || {
    echo "需要 needed: $name (apt-get install slurm-wlm munge)" >&2
    exit 2
  }
done

work=$(mktemp -d /tmp/duibiao-slurm.XXXXXX)
chmod 755 "$work"
export SLURM_CONF=$work/slurm.conf
say() { echo "$(date +%T) $*"; }
fail() {
  say "失败 failed: $*" >&2
  tail -n 20 "$work"/*.log "$work"/out.parts/log/* >&2 2>/dev/null || true
  exit 1
}

# All processes of this cluster, or of one of its nodes, which carry it in their environment, and what they started.
processes_of() { # [NODE]
  local file pid parent found=() next
  for file in /proc/[0-9]*/environ; do
    pid=${file#/proc/} pid=${pid%/environ}
    [ "$pid" != $$ ] || continue
    { tr '\0' '\n' <"$file"; } 2>/dev/null >"$work/environ" || continue
    if grep -qxF "DUIBIAO_SLURM_DAEMON=$work/${1:-}" "$work/environ" ||
      { grep -qxF "SLURM_CONF=$SLURM_CONF" "$work/environ" && grep -qx "SLURMD_NODENAME=${1:-.*}" "$work/environ"; } ||
      { [ -z "${1:-}" ] && grep -qF "DUIBIAO_SLURM_DAEMON=$work/" "$work/environ"; }; then
      found+=("$pid")
      # What looks after a task has no environment that could be read: it is what the task was started by.
      parent=$(sed -n 's/^PPid:[[:space:]]*//p' "/proc/$pid/status" 2>/dev/null || true)
      [ "$(cat "/proc/${parent:-none}/comm" 2>/dev/null)" != slurmstepd ] || found+=("$parent")
    fi
  done
  next=("${found[@]}")
  while [ ${#next[@]} -gt 0 ]; do
    mapfile -t next < <(for pid in "${next[@]}"; do cat "/proc/$pid/task/"*/children 2>/dev/null || true; done | tr ' ' '\n' | sed '/^$/d')
    found+=("${next[@]}")
  done
  printf '%s\n' "${found[@]}" | sed '/^$/d' | sort -un
}

kill_all() { # [NODE]
  local pids
  mapfile -t pids < <(processes_of "$@")
  [ ${#pids[@]} -gt 0 ] || return 0
  # All at once, as when the power goes: none may tell of the end of another one.
  kill -STOP "${pids[@]}" 2>/dev/null || true
  kill -KILL "${pids[@]}" 2>/dev/null || true
}

clean() {
  status=$?
  trap - EXIT
  kill_all
  kill_all
  if [ -n "${KEEP:-}" ]; then say "$work"; else rm -rf "$work"; fi
  exit "$status"
}
trap clean EXIT
trap 'exit 130' INT TERM

# A port that nothing listens on, from a place of its own on.
port=$((20000 + $$ % 20000))
next_port() {
  while (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do port=$((port + 1)); done
  echo "$port"
}

start_cluster() {
  local user host controller first second
  user=$(id -un) host=$(uname -n) host=${host%%.*}
  controller=$(next_port) port=$((port + 1)) first=$(next_port) port=$((port + 1)) second=$(next_port)
  mkdir "$work/munge" "$work/state" "$work/spool-n1" "$work/spool-n2"
  dd if=/dev/urandom of="$work/munge/key" bs=128 count=1 status=none
  chmod 600 "$work/munge/key"
  # Lost nodes are told soon, and jobs of theirs start again soon: nothing else is another one than on a real cluster.
  cat >"$SLURM_CONF" <<CONF
ClusterName=duibiao
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$controller
SlurmUser=$user
SlurmdUser=$user
AuthType=auth/munge
CredType=cred/munge
AuthInfo=socket=$work/munge/socket,cred_expire=5
StateSaveLocation=$work/state
SlurmdSpoolDir=$work/spool-%n
SlurmctldPidFile=$work/slurmctld.pid
SlurmdPidFile=$work/slurmd-%n.pid
SlurmctldLogFile=$work/slurmctld.log
SlurmdLogFile=$work/slurmd-%n.log
ProctrackType=proctrack/pgid
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
MpiDefault=none
SwitchType=switch/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SlurmdParameters=config_overrides
SchedulerParameters=batch_sched_delay=1,sched_interval=2
ReturnToService=2
SlurmdTimeout=10
MinJobAge=86400
NodeName=n1 NodeHostname=$host NodeAddr=127.0.0.1 Port=$first CPUs=1
NodeName=n2 NodeHostname=$host NodeAddr=127.0.0.1 Port=$second CPUs=1
PartitionName=all Nodes=n1,n2 Default=YES MaxTime=INFINITE State=UP
CONF
  # The type of cgroups would be asked of systemd, which need not be there; nothing here uses any.
  echo 'CgroupPlugin=cgroup/v1' >"$work/cgroup.conf"
  DUIBIAO_SLURM_DAEMON=$work/munged munged --force --socket="$work/munge/socket" --key-file="$work/munge/key" \
    --pid-file="$work/munge/pid" --seed-file="$work/munge/seed" --log-file="$work/munged.log"
  DUIBIAO_SLURM_DAEMON=$work/slurmctld slurmctld -c
  start_node n1
  start_node n2
  wait_for 60 "two nodes" both_are_up
}

start_node() { DUIBIAO_SLURM_DAEMON=$work/$1 slurmd -N "$1"; }

both_are_up() { [ "$(sinfo -h -N -t idle -o %N 2>/dev/null | sort | tr '\n' ' ')" = "n1 n2 " ]; }

wait_for() { # SECONDS WHAT COMMAND…
  local until=$((SECONDS + $1)) what=$2
  shift 2
  until "$@"; do
    [ $SECONDS -lt $until ] || fail "no $what"
    sleep 0.5
  done
}

# A word that Slurm tells of a job.
told() { scontrol show job "$1" 2>/dev/null | grep -o "\b$2=[^ ]*" | head -n 1 | cut -d= -f2; }

# Kills the first node while a task of the array is at work on it and another part is done. What is stopped first can not be done meanwhile.
killed_at_work() {
  local pids
  [ "$(told "$merge" Reason)" = Dependency ] || fail "all was done before: nothing was tried (take more cities)"
  [ "$(find "$work/out.parts" -mindepth 2 -maxdepth 2 -name part.json | wc -l)" -ge 1 ] || return 1
  number=$(squeue -h -w n1 -t R -o '%K %M' 2>/dev/null | awk '$1 != 2 && $2 != "0:00" { print $1; exit }')
  [ -n "$number" ] || return 1
  mapfile -t pids < <(processes_of n1)
  kill -STOP "${pids[@]}" 2>/dev/null || true
  if [ -e "$work/out.parts/$number/part.json" ] || [ "$(told "${array}_$number" JobState)" != RUNNING ]; then
    kill -CONT "${pids[@]}" 2>/dev/null || true
    return 1
  fi
  kill_all n1
}

is_down() { sinfo -h -n n1 -o %T 2>/dev/null | grep -q '^down'; }
is_requeued() { [ "$(told "${array}_$number" Restarts)" -ge 1 ]; }
is_over() {
  case $(told "$merge" JobState) in
  COMPLETED | FAILED | CANCELLED | NODE_FAIL | TIMEOUT | OUT_OF_MEMORY) return 0 ;;
  *) return 1 ;;
  esac
}

same() { # UNDIVIDED MERGED
  local file differing=0 files=0
  diff <(cd "$1" && find . ! -type d | sort) <(cd "$2" && find . ! -type d | sort) || fail "the outputs have other files"
  while IFS= read -r -d '' file; do
    files=$((files + 1))
    cmp "$1/$file" "$2/$file" || differing=$((differing + 1))
  done < <(cd "$1" && find . ! -type d -print0)
  [ "$files" -gt 0 ] || fail "no files"
  [ "$differing" -eq 0 ] || fail "$differing of $files files differ"
  say "$files files are the same, byte for byte"
}

say "a round of $cities cities"
"$generator" "$work/input" "$cities" 19
start_cluster
# The second part fails when it runs for the first time, as it does on a node whose disk is full.
cat >"$work/duibiao" <<'WRAPPED'
#!/bin/sh
case "${SLURM_ARRAY_TASK_ID:-}-${SLURM_RESTART_COUNT:-0}" in
2-0) exit 3 ;;
esac
WRAPPED
echo "exec '$program' \"\$@\"" >>"$work/duibiao"
chmod +x "$work/duibiao"
say "two nodes; $count parts"
ids=$(DUIBIAO=$work/duibiao "$here/submit.sh" "$work/input/2023" "$work/out" "$count")
array=${ids% *} merge=${ids#* }

number=
wait_for 3600 "part at work on n1 with another one done" killed_at_work
say "part $number was at work on n1: the node is killed"
wait_for 120 "notice of the lost node" is_down
wait_for 120 "part that is put back" is_requeued
say "part $number is put back into the queue; the node comes again"
start_node n1
wait_for 14400 "end of the merge" is_over
state=$(told "$merge" JobState)
[ "$state" = COMPLETED ] || fail "merge is $state"
[ "$(grep -c '^part .* run ' "$work/out.parts/log/part-$number.txt")" -ge 2 ] || fail "part $number ran once"
grep -q 'exit status 3' "$work/out.parts/log/part-2.txt" || fail "part 2 did not fail"
[ "$(told "${array}_2" Restarts)" -ge 1 ] || fail "part 2 was not run again"
sed 's/^/    /' "$work/out.parts/log/part-2.txt" "$work/out.parts/log/part-$number.txt"
nodes=$(cat "$work"/out.parts/log/part-*.txt | grep -o ' on n[12]' | sort | uniq -c | tr -s ' \n' ' ')
say "merged; parts begun:$nodes"

say "the same undivided"
status=0
"$program" run "$work/input/2023" --output "$work/whole" --quiet || status=$?
[ "$status" -le 1 ] || fail "the undivided run ended with $status"
same "$work/whole" "$work/out"

#!/usr/bin/env bash
# The scaffolded operator in real Airflow. Arguments: versions (2.7, 2.10, 3; default 2.10), then `--` and those of the
# contract's run.py. With --counts FILE all versions are added up in it. The last line is `N passed, N failed`.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
contract="$here/../contract"
export PYTHONDONTWRITEBYTECODE=1

versions=()
while [ $# -gt 0 ] && [ "$1" != -- ] && [ "$1" != --counts ]; do versions+=("$1"); shift; done
[ "${#versions[@]}" -gt 0 ] || versions=(2.10)
counts=''
if [ "${1:-}" = --counts ]; then counts=$2; shift 2; fi
if [ "${1:-}" = -- ]; then shift; fi

passed=0 failed=0 skipped=0 code=0
part=$(mktemp -d)
trap 'rm -rf "$part"' EXIT

# run PYTHON NUMBER NAMES…: the counts go to the file of that number
run() {
  local python=$1 number=$2
  shift 2
  : >"$part/$number"
  "$python" "$contract/run.py" --folder "$here" --counts "$part/$number" "$@"
}

# Adds the counts of a number; a run that left none counts as a failure.
collect() {
  local p f s
  read -r p f s < <(python3 -c 'import json, sys
try: c = json.load(open(sys.argv[1]))
except ValueError: c = {"passed": 0, "failed": 1, "skipped": 0}
print(c["passed"], c["failed"], c["skipped"])' "$part/$1")
  passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
}

for version in "${versions[@]}"; do
  case $version in
    2.10) lock="$contract/airflow-2.10.lock" ;;
    *) lock="$here/airflow-$version.lock" ;;
  esac
  printf '\n-- the operator in Airflow %s\n' "$version"
  python=$("$contract/environment.sh" "$lock")
  if [ $# -gt 0 ]; then
    run "$python" 1 "$@" || code=1
    collect 1
  else
    # most of the time is waiting: the tests with processes of their own run beside the others
    run "$python" 1 test_request test_following test_subclass test_to_bpg test_styles &
    beside=$!
    run "$python" 2 test_tries >"$part/said" 2>&1 || code=1
    wait "$beside" || code=1
    cat "$part/said"
    collect 1
    collect 2
  fi
done
[ -z "$counts" ] || printf '{"passed": %d, "failed": %d, "skipped": %d}\n' "$passed" "$failed" "$skipped" >"$counts"
printf '%d passed, %d failed\n' "$passed" "$failed"
exit "$code"

#!/usr/bin/env bash
# Switched DAGs in real Airflow, in both positions. Arguments: versions (2.7, 2.10, 3; default 2.10 and 3), then those of
# the contract's run.py; with --counts FILE all versions are added up in it. The last line is `N passed, N failed`.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
tests="$here/.."
export PYTHONDONTWRITEBYTECODE=1

versions=()
while [ $# -gt 0 ] && [ "$1" != --counts ] && [ "$1" != -- ]; do versions+=("$1"); shift; done
[ "${#versions[@]}" -gt 0 ] || versions=(2.10 3)
counts=''
if [ "${1:-}" = --counts ]; then counts=$2; shift 2; fi
if [ "${1:-}" = -- ]; then shift; fi

passed=0 failed=0 code=0
part=$(mktemp)
trap 'rm -f "$part"' EXIT
for version in "${versions[@]}"; do
  case $version in
    2.10) lock="$tests/contract/airflow-2.10.lock" ;;
    *) lock="$tests/operator/airflow-$version.lock" ;;
  esac
  printf '\n-- the switch in Airflow %s\n' "$version"
  python=$("$tests/contract/environment.sh" "$lock")
  : >"$part"
  "$python" "$tests/contract/run.py" --folder "$here" --counts "$part" "$@" || code=1
  read -r p f < <(python3 -c 'import json, sys
try: c = json.load(open(sys.argv[1]))
except ValueError: c = {"passed": 0, "failed": 1}
print(c["passed"], c["failed"])' "$part")
  passed=$((passed + p)) failed=$((failed + f))
done
[ -z "$counts" ] || printf '{"passed": %d, "failed": %d}\n' "$passed" "$failed" >"$counts"
printf '%d passed, %d failed\n' "$passed" "$failed"
exit "$code"

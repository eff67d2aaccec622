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
part=$(mktemp)
trap 'rm -f "$part"' EXIT
for version in "${versions[@]}"; do
  case $version in
    2.10) lock="$contract/airflow-2.10.lock" ;;
    *) lock="$here/airflow-$version.lock" ;;
  esac
  printf '\n-- the operator in Airflow %s\n' "$version"
  : >"$part"
  python=$("$contract/environment.sh" "$lock")
  "$python" "$contract/run.py" --folder "$here" --counts "$part" "$@" || code=1
  read -r p f s < <(python3 -c 'import json, sys
try: c = json.load(open(sys.argv[1]))
except ValueError: c = {"passed": 0, "failed": 1, "skipped": 0}
print(c["passed"], c["failed"], c["skipped"])' "$part")
  passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
done
[ -z "$counts" ] || printf '{"passed": %d, "failed": %d, "skipped": %d}\n' "$passed" "$failed" "$skipped" >"$counts"
printf '%d passed, %d failed\n' "$passed" "$failed"
exit "$code"

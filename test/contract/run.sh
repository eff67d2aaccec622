#!/usr/bin/env bash
# The contract with real Airflow: makes the locked environments where they are missing and runs the tests in them.
# Arguments: versions (2.7, 2.10, 3; default 2.10), `--counts FILE` (all versions added up), then `--` and names of tests.
# What runs DAGs from end to end with `dag.test()` is for 2.10; the other versions load the example and every case.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
export PYTHONDONTWRITEBYTECODE=1

versions=()
while [ $# -gt 0 ] && [ "$1" != -- ] && [ "$1" != --counts ]; do versions+=("$1"); shift; done
[ "${#versions[@]}" -gt 0 ] || versions=(2.10)
counts=''
if [ "${1:-}" = --counts ]; then counts=$2; shift 2; fi
if [ "${1:-}" = -- ]; then shift; fi

code=0
part=$(mktemp -d)
trap 'rm -rf "$part"' EXIT
for version in "${versions[@]}"; do
  case $version in
    2.10) lock="$here/airflow-2.10.lock" names=() ;;
    *) lock="$here/../operator/airflow-$version.lock" names=(test_fixtures_load test_example_anywhere) ;;
  esac
  [ $# -eq 0 ] || names=("$@")
  printf '\n-- the contract in Airflow %s\n' "$version"
  python=$("$here/environment.sh" "$lock")
  "$python" "$here/run.py" --counts "$part/$version" ${names[@]+"${names[@]}"} || code=1
done
python3 - "$counts" "$part" "${versions[@]}" <<'END'
import json, pathlib, sys
counts, part, *versions = sys.argv[1:]
total = {"passed": 0, "failed": 0, "skipped": 0}
for version in versions:
    try:
        found = json.loads((pathlib.Path(part) / version).read_text())
    except (OSError, ValueError):
        found = {"passed": 0, "failed": 1, "skipped": 0}  # a run that left no counts has failed
    for name in total:
        total[name] += found[name]
if counts:
    pathlib.Path(counts).write_text(json.dumps(total))
print(f"{total['passed']} passed, {total['failed']} failed")
END
exit "$code"

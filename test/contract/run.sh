#!/usr/bin/env bash
# The contract with real Airflow: makes the locked environment where it is missing and runs the tests in it.
# Arguments are those of run.py (--counts FILE, then names of tests).
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
python=$("$here/environment.sh")
export PYTHONDONTWRITEBYTECODE=1
exec "$python" "$here/run.py" "$@"

#!/usr/bin/env bash
# `verify` in real Airflow: the environment of the contract, the built command (`npm run build`), and vitest.
# Argument: --counts FILE. BPG_MIGRATE_AIRFLOW names another interpreter with another Airflow.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$here/../.."
[ "${1:-}" != --counts ] || export VITEST_COUNTS=$2
BPG_MIGRATE_AIRFLOW=${BPG_MIGRATE_AIRFLOW:-$(test/contract/environment.sh)}
export BPG_MIGRATE_AIRFLOW
exec npx vitest run --config test/verify/airflow.config.ts

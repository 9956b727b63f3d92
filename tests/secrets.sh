#!/usr/bin/env bash
# Secrets planted in every setting that takes one are used, and are in nothing that the service writes. See kills/secrets_proof.py.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."
[ "${CARTINGEST_BUILT:-}" = 1 ] || dotnet build tests/CarTIngest.Workers -v q >&2
exec python3 -B tests/kills/secrets_proof.py

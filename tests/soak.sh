#!/usr/bin/env bash
# NIGHTS nights in one process: does it grow? See CarTIngest.Soak. The whole proof: `tests/soak.sh 1000`.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."
[ "${CARTINGEST_BUILT:-}" = 1 ] || dotnet build tests/CarTIngest.Soak -v q >&2
exec tests/CarTIngest.Soak/bin/Debug/net10.0/CarTIngest.Soak "$@"

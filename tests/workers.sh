#!/usr/bin/env bash
# ROUNDS nights by three workers on one real PostgreSQL, against a stand-in with faults, while workers are killed (SIGKILL) and paused (SIGSTOP) at random: one run a night and source, and nothing
# lost. See kills/worker_loop.py. The whole proof: `tests/workers.sh 200`.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."
[ "${CARTINGEST_BUILT:-}" = 1 ] || dotnet build tests/CarTIngest.Workers -v q >&2
exec python3 -B tests/kills/worker_loop.py "$@"

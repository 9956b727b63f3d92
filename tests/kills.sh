#!/usr/bin/env bash
# Kills real cartingest processes with SIGKILL in rehearsals and imports, half of the times inside a commit, and proves that begun again they end
# like undisturbed ones: see kills/kill_loop.py. The whole proof: `tests/kills.sh 300`, and with --postgresql the same against a real server.
set -euo pipefail
exec python3 -B "$(dirname -- "${BASH_SOURCE[0]}")/kills/kill_loop.py" "$@"

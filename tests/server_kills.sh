#!/usr/bin/env bash
# Kills a throw-away PostgreSQL server under rehearsals and imports: see kills/server_loop.py. The whole proof: `tests/server_kills.sh 50`.
set -euo pipefail
exec python3 -B "$(dirname -- "${BASH_SOURCE[0]}")/kills/server_loop.py" "$@"

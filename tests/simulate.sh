#!/usr/bin/env bash
# Simulated nights: seeded worlds with faults, crashes at every durable step, jumps of the clock and two workers, over the product's own night and store,
# checked against a model. World after world from SEED on (else from 1), until NIGHTS nights were simulated. A broken invariant prints its seed and its commit;
# `tests/simulate.sh 1 SEED` plays that world again.
set -euo pipefail

if [ $# -lt 1 ] || [ $# -gt 2 ] || [[ ! $1 =~ ^[0-9]+$ ]] || [[ ! ${2-1} =~ ^[0-9]+$ ]]; then
  echo "usage: tests/simulate.sh NIGHTS [SEED]" >&2
  exit 2
fi

cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."
[ "${CARTINGEST_BUILT:-}" = 1 ] || dotnet build tests/CarTIngest.Simulation -v q >&2
exec tests/CarTIngest.Simulation/bin/Debug/net10.0/simulate --nights "$1" --seed "${2-1}"

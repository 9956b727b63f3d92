#!/usr/bin/env bash
# Mutated documents against both readers for SECONDS a test (there are four, two for each format). A failure prints its seed;
# given as SEED, the run begins with the same document.
set -euo pipefail

if [ $# -lt 1 ] || [ $# -gt 2 ] || [ -n "${1//[0-9]/}" ] || [ -z "$1" ]; then
  echo "usage: tests/fuzz.sh SECONDS [SEED]" >&2
  exit 2
fi

cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."
export CARTINGEST_FUZZ_SECONDS=$1
[ $# -lt 2 ] || export CsCheck_Seed=$2
dotnet test tests/CarTIngest.Tests --filter "FullyQualifiedName~Hostile.Mutations" --logger "console;verbosity=detailed"

#!/usr/bin/env bash
# Mutated documents against both readers for SECONDS a test (there are four, two for each format). A failure prints its seed; given as SEED, the run begins
# with the same document. A number in its place names a row of documents, the same at every run, which is played from its beginning.
set -euo pipefail

if [ $# -lt 1 ] || [ $# -gt 2 ] || [ -n "${1//[0-9]/}" ] || [ -z "$1" ]; then
  echo "usage: tests/fuzz.sh SECONDS [SEED|ROW]" >&2
  exit 2
fi

cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."
export CARTINGEST_FUZZ_SECONDS=$1
if [[ ${2-} =~ ^[0-9]+$ ]]; then
  export CARTINGEST_FUZZ_ROW=$2
elif [ $# -eq 2 ]; then
  export CsCheck_Seed=$2
fi
dotnet test tests/CarTIngest.Tests ${CARTINGEST_BUILT:+--no-build} --filter "FullyQualifiedName~Hostile.Mutations" --logger "console;verbosity=detailed"

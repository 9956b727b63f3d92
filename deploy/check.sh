#!/usr/bin/env bash
# All that is checked before a change goes in, in one command, from any folder:
#   restore by the lock files, build without a warning, formatting, every test project, the Python checks in tests/*.py.
# The last line is "N passed, N failed, N skipped". The exit code is 0 only when nothing failed and something was tested.
#
# A Python check tests/NAME.py is one test: exit code 0 passed, 77 skipped, anything else failed.
# CARTINGEST_FAST=1 asks it for its short form. Under CARTINGEST_STRICT=1 nothing may be skipped for want of a tool.
set -uo pipefail

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd) || exit 1
cd "$root" || exit 1
exec </dev/null

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
# No build server outlives the check.
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0

passed=0 failed=0 skipped=0 status=0
results=$(mktemp -d) || exit 1

finish() {
  rm -rf -- "$results"
  if [ "$status" -eq 0 ] && [ $((passed + failed)) -eq 0 ]; then
    echo "check.sh: not one test ran" >&2
    status=1
  fi
  [ "$failed" -eq 0 ] || status=1
  echo "$passed passed, $failed failed, $skipped skipped"
  exit "$status"
}

step() { # step WHAT COMMAND…: the first step that fails ends the check, for the next ones build on it
  local what=$1
  shift
  echo "== $what" >&2
  if ! "$@"; then
    echo "check.sh: $what failed" >&2
    status=1
    finish
  fi
}

counter() { # counter FILE NAME: an attribute of a result file's <Counters>
  grep -o '<Counters [^>]*>' "$1" | grep -o " $2=\"[0-9]*\"" | tr -dc '0-9'
}

dotnet_tests() {
  echo "== tests" >&2
  # One project after the other (-m:1): two that end in the same second would write one file of results.
  dotnet test CarTIngest.sln --no-build -m:1 --logger trx --results-directory "$results" || status=1
  local trx total executed good
  for trx in "$results"/*.trx; do
    [ -e "$trx" ] || continue
    total=$(counter "$trx" total) executed=$(counter "$trx" executed) good=$(counter "$trx" passed)
    passed=$((passed + good))
    # Whatever ran and did not pass failed: errors, timeouts and aborts have counters of their own.
    failed=$((failed + executed - good))
    skipped=$((skipped + total - executed))
  done
}

python_checks() {
  local check code
  for check in tests/*.py; do
    [ -e "$check" ] || continue
    echo "== $check" >&2
    if command -v python3 >/dev/null; then
      CARTINGEST_FAST=1 PYTHONDONTWRITEBYTECODE=1 python3 "$check"
      code=$?
    else
      echo "$check: there is no python3" >&2
      code=77
    fi
    [ "$code" -eq 77 ] && [ "${CARTINGEST_STRICT:-}" = 1 ] && code=1
    case $code in
      0) passed=$((passed + 1)) ;;
      77) skipped=$((skipped + 1)) ;;
      *) failed=$((failed + 1)) ;;
    esac
  done
}

step "restore" dotnet restore CarTIngest.sln --locked-mode
step "build" dotnet build CarTIngest.sln --no-restore -warnaserror
echo "== format" >&2
dotnet format CarTIngest.sln --verify-no-changes --no-restore || { echo "check.sh: dotnet format would change files" >&2; status=1; }
dotnet_tests
python_checks
finish

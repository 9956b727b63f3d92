#!/usr/bin/env bash
# All that is checked before a change goes in, in one command, from any folder:
#   restore by the lock files, build without a warning, formatting, every test project, fast slices of the Python checks in tests/*.py and of the proofs in tests/*.sh.
# The last line is "N passed, N failed, N skipped", the formatting, a Python check and a slice of a proof being one each. The exit code is 0 only when nothing failed and something was tested.
# Under CARTINGEST_STRICT=1 nothing may be skipped for want of a tool or of data.
set -uo pipefail

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd) || exit 1
cd "$root" || exit 1
exec </dev/null

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
# No build server outlives the check.
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0

passed=0 failed=0 skipped=0 status=0 begun=0
results=$(mktemp -d) || exit 1
outcomes=$results/outcomes
: >"$outcomes"

finish() {
  count_checks
  count_tests
  failures
  rm -rf -- "$results"
  if [ "$status" -eq 0 ] && [ $((passed + failed)) -eq 0 ]; then
    echo "check.sh: not one test ran" >&2
    status=1
  fi
  [ "$failed" -eq 0 ] || status=1
  echo "$passed passed, $failed failed, $skipped skipped"
  exit "$status"
}

failures() { # says at the very end which tests failed and why, for a log is often read from its end only
  local trx
  for trx in "$results"/*.trx; do
    [ -e "$trx" ] || continue
    awk '
      /<UnitTestResult / { failed = /outcome="Failed"/; if (failed && match($0, /testName="[^"]*"/)) print "FAILED " substr($0, RSTART + 10, RLENGTH - 11) }
      failed && /<Message>/ { message = 1 }
      failed && (message || /<StackTrace>/) && shown[NR] == "" { print "    " substr($0, 1, 400); shown[NR] = 1 }
      /<\/Message>/ { message = 0 }' "$trx"
  done
  local what said
  while IFS=$'\t' read -r what said; do
    echo "FAILED $what"
    tail -n 20 -- "$said" | cut -c1-400 | sed 's/^/    /'
  done < <(sed -n 's/^failed //p' "$outcomes")
}

step() { # step WHAT COMMAND…: the first step that fails ends the check, for the next ones build on it
  local what=$1
  shift
  echo "== $what, $SECONDS s after the beginning" >&2
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
  echo "== tests, $SECONDS s after the beginning" >&2
  # One project after the other (-m:1): two that end in the same second would write one file of results.
  dotnet test CarTIngest.sln --no-build -m:1 --logger "trx;LogFilePrefix=all" --results-directory "$results" || status=1
  echo "== checks, $SECONDS s after the beginning" >&2
  check "tests of the store, the night and the accounts, on PostgreSQL (those of upgrades ran on both already)" "" on_postgresql
}

on_postgresql() {
  CARTINGEST_TEST_STORE=PostgreSql dotnet test tests/CarTIngest.Tests --no-build --logger "trx;LogFilePrefix=postgresql" --results-directory "$results" \
    --filter "(FullyQualifiedName~Tests.Host.Storage|FullyQualifiedName~Tests.Host.Nightly|FullyQualifiedName~Web.LoginTests|FullyQualifiedName~Web.PeopleFormsTests|FullyQualifiedName~Web.UnsubscribeTests|FullyQualifiedName~Alerts.DigestDeskTests)&FullyQualifiedName!~Storage.Upgrades"
}

count_tests() { # once all have ended
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

# Programs in another language: they read the same files a second time and compare, or look whether the guards stand. One that nobody calls is a fault.
python_checks() {
  local check
  for check in tests/*.py; do
    [ -e "$check" ] || continue
    case ${check#tests/} in
      compare_pubmed.py) python_check "$check" compare_pubmed pubmed/biopython pubmed/zotero pubmed/klortho ;;
      compare_ctgov.py) python_check "$check" compare_ctgov ctgov/pages ctgov/v2/dgg32_ctg-studies-50.json ;;
      expected_nights.py) python_check "$check" expected_nights ctgov/nights pubmed/nights ;;
      mutate_guards.py) python_check "$check" guards_stand ;;
      *) check "$check" "" nobody_calls "$check" ;;
    esac
  done
}

nobody_calls() {
  echo "check.sh: nothing here calls $1"
  return 1
}

python_check() { # python_check SCRIPT SLICE DATA…: one test, skipped where python3 or the data is absent, which CARTINGEST_STRICT=1 forbids
  local script=$1 slice=$2 absent="" path paths=()
  shift 2
  command -v python3 >/dev/null || absent="there is no python3"
  for path; do
    path="${CARTINGEST_SHARED:-$root/../shared}/data/$path"
    [ -e "$path" ] || absent="there is no $path (set CARTINGEST_SHARED)"
    paths+=("$path")
  done
  check "$script" "$absent" "$slice" "${paths[@]}"
}

# Checks run three at a time, for half of their time most of them wait for a process. What one says comes whole, when it ends.
check() { # check WHAT ABSENT COMMAND…: one test; skipped for want of what is absent, which CARTINGEST_STRICT=1 forbids
  begun=$((begun + 1))
  while [ "$(jobs -rp | wc -l)" -ge 3 ]; do wait -n; done
  checked "$@" &
}

checked() {
  local what=$1 absent=$2 said outcome=failed from=$SECONDS
  shift 2
  said=$(mktemp -p "$results") || exit 1
  if [ -n "$absent" ]; then
    echo "$what: $absent" >"$said"
    [ "${CARTINGEST_STRICT:-}" = 1 ] || outcome=skipped
  elif "$@" >"$said" 2>&1; then
    outcome=passed
  fi
  {
    flock 9
    printf '%s %s\t%s\n' "$outcome" "$what" "$said" >>"$outcomes"
    echo "== $what: $outcome after $((SECONDS - from)) s" >&2
    cat "$said"
  } 9>"$results/lock"
}

count_checks() { # once all have ended
  wait
  local outcome what
  while read -r outcome what; do
    case $outcome in
      passed) passed=$((passed + 1)) ;;
      skipped) skipped=$((skipped + 1)) ;;
      *) failed=$((failed + 1)) ;;
    esac
  done <"$outcomes"
  # One that was killed says nothing.
  while [ "$(wc -l <"$outcomes")" -lt "$begun" ]; do
    printf 'failed a check that ended without a word\t/dev/null\n' >>"$outcomes"
    failed=$((failed + 1))
  done
}

# The proofs run as long as one likes on demand; here a slice of each. One that nobody calls is a fault.
proofs() {
  local proof python="" server="" npm="" systemd=""
  command -v python3 >/dev/null || python="there is no python3"
  command -v initdb >/dev/null || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || server="there is no initdb"
  command -v npm >/dev/null || npm="there is no npm"
  command -v systemd-analyze >/dev/null || systemd="there is no systemd-analyze"
  for proof in tests/*.sh; do
    case ${proof#tests/} in
      containers.sh) check "$proof" "${npm:-${systemd:-$python}}" "$proof" ;;
      fault_seeds.sh) check "$proof" "" "$proof" 3-3 ;;
      fuzz.sh) check "$proof" "" "$proof" 8 7 ;;
      kills.sh)
        check "$proof" "$python" "$proof" 4
        check "$proof, on PostgreSQL" "${python:-$server}" "$proof" 1 --postgresql
        ;;
      mails.sh) check "$proof" "$npm" "$proof" ;;
      secrets.sh) check "$proof" "${python:-$server}" "$proof" ;;
      server_kills.sh) check "$proof" "${python:-$server}" "$proof" 1 ;;
      workers.sh) check "$proof" "${python:-$server}" "$proof" 2 ;;
      simulate.sh) check "$proof" "" "$proof" 1000 ;;
      soak.sh) check "$proof" "" "$proof" 36 ;;
      *) check "$proof" "" nobody_calls "$proof" ;;
    esac
  done
}

cartingest=$root/src/CarTIngest.Host/bin/Debug/net10.0/cartingest

parse() { # parse FILE…: partial (3) is an answer too, for some files of the slice are damaged on purpose
  "$cartingest" parse "$@" || [ $? -eq 3 ]
}

compare_pubmed() {
  local files
  mapfile -d '' -t files < <(find "$@" tests/Nights/pubmed -type f -name '*.xml*' -print0 | sort -z)
  parse "${files[@]}" >"$results/pubmed.jsonl" && python3 tests/compare_pubmed.py "$results/pubmed.jsonl" "${files[@]}"
}

compare_ctgov() {
  local files
  mapfile -d '' -t files < <(find "$@" tests/Nights/clinicaltrials -type f -name '*.json*' ! -name '*.census.json' -print0 | sort -z)
  parse "${files[@]}" >"$results/ctgov.jsonl" && python3 tests/compare_ctgov.py --lines "$results/ctgov.jsonl" "${files[@]}"
}

expected_nights() { # all recorded nights, and the invented ones, of which two are not complete on purpose
  rehearse 0 "$1" "$2" && rehearse 3 tests/Nights/clinicaltrials tests/Nights/pubmed
}

rehearse() { # rehearse CODE REGISTRY PUBMED: plays the nights, which end with this code, and has them counted from the files alone
  "$cartingest" rehearse --nights "$2" --pubmed "$3" --json >"$results/nights.jsonl"
  [ $? -eq "$1" ] && python3 tests/expected_nights.py "$2" "$3" --against "$results/nights.jsonl"
}

guards_stand() { # the guards are taken away on demand: about a minute each
  python3 tests/mutate_guards.py --check
}

step "restore" dotnet restore CarTIngest.sln --locked-mode
step "build" dotnet build CarTIngest.sln --no-restore -warnaserror
# From here on nothing is built: two builds at once would write the same files.
export CARTINGEST_BUILT=1
dotnet_tests
check "dotnet format" "" dotnet format CarTIngest.sln --verify-no-changes --no-restore
python_checks
proofs
finish

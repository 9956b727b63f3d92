#!/usr/bin/env bash
# Rehearses nights with one request in five failing, once for every seed, and compares what is held at the end, as `verify` hashes it, with the
# same nights without faults. Real processes, real HTTP, a real store of either kind. One line a seed; a seed that differs prints how to repeat it.
#   tests/fault_seeds.sh SEEDS [Sqlite|PostgreSql] [REGISTRY_NIGHTS PUBMED_NIGHTS]
# SEEDS is how many (from 1), or FROM-TO. Without folders the invented nights of tests/Nights are played. CARTINGEST_FAULT_RATE is 0.2 unless set.
# cartingest must be built (dotnet build CarTIngest.sln); PostgreSQL runs as a throw-away cluster of its own.
set -uo pipefail

usage() {
  echo "usage: tests/fault_seeds.sh SEEDS|FROM-TO [Sqlite|PostgreSql] [REGISTRY_NIGHTS PUBMED_NIGHTS]" >&2
  exit 2
}

[ $# -eq 1 ] || [ $# -eq 2 ] || [ $# -eq 4 ] || usage
[[ $1 =~ ^([0-9]+)(-([0-9]+))?$ ]] || usage
if [ -n "${BASH_REMATCH[3]}" ]; then from=${BASH_REMATCH[1]} to=${BASH_REMATCH[3]}; else from=1 to=${BASH_REMATCH[1]}; fi
[ "$from" -le "$to" ] || usage
provider=${2:-Sqlite}
case $provider in Sqlite | PostgreSql) ;; *) usage ;; esac

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd) || exit 1
registry=${3:-$root/tests/Nights/clinicaltrials}
pubmed=${4:-$root/tests/Nights/pubmed}
rate=${CARTINGEST_FAULT_RATE:-0.2}
cartingest=$root/src/CarTIngest.Host/bin/Debug/net10.0/cartingest
[ -x "$cartingest" ] || { echo "fault_seeds.sh: $cartingest is not built" >&2; exit 1; }
work=$(mktemp -d) || exit 1

as_postgres() { # the server does not run as root
  if [ "$(id -u)" -eq 0 ]; then su nobody -s /bin/sh -c "cd / && $1"; else /bin/sh -c "$1"; fi
}

finish() {
  [ -z "${cluster:-}" ] || as_postgres "$cluster/pg_ctl -D $work/pg/data -m immediate stop" >/dev/null 2>&1
  rm -rf -- "$work"
}
trap finish EXIT
trap 'exit 130' INT TERM

start_postgres() {
  cluster=$(dirname -- "$(ls /usr/lib/postgresql/*/bin/createdb 2>/dev/null | sort -V | tail -n 1 | grep . || command -v createdb)")
  [ -x "$cluster/initdb" ] || { cluster=""; echo "fault_seeds.sh: there is no initdb (Debian: postgresql)" >&2; exit 1; }
  port=$((20000 + RANDOM % 20000))
  mkdir "$work/pg" && chmod 711 "$work" || exit 1
  [ "$(id -u)" -ne 0 ] || chown nobody "$work/pg" || exit 1
  as_postgres "$cluster/initdb -D $work/pg/data -U postgres -A trust --no-sync -E UTF8 --locale=C" >"$work/initdb.log" 2>&1 \
    && as_postgres "$cluster/pg_ctl -D $work/pg/data -w -l $work/pg/log -o '-p $port -k $work/pg -c listen_addresses=127.0.0.1 -c fsync=off' start" >"$work/pg_ctl.log" 2>&1 </dev/null \
    || { cat "$work"/*.log >&2; echo "fault_seeds.sh: PostgreSQL did not start" >&2; exit 1; }
}

place() { # place NAME: the options that say where a store of that name is
  if [ "$provider" = Sqlite ]; then
    options=(--store "$work/$1")
  else
    as_postgres "$cluster/createdb -h 127.0.0.1 -p $port -U postgres $1" || exit 1
    options=(--set Storage:Provider=PostgreSql --set "Storage:ConnectionString=Host=127.0.0.1;Port=$port;Username=postgres;Database=$1;Maximum Pool Size=8")
  fi
}

play() { # play NAME [FAULTS]: rehearses into a new store; sets code and state
  place "$1"
  "$cartingest" rehearse --nights "$registry" --pubmed "$pubmed" --json "${options[@]}" ${2:+--faults "$2"} >"$work/$1.nights" 2>"$work/$1.said"
  code=$?
  state=$("$cartingest" verify --json "${options[@]}" 2>"$work/$1.verified" | grep -o '"ok":true.*"state":"[^"]*"') || state="not whole"
  state=${state##*\"state\":}
  # A night that is not complete says why, in words.
  if grep '"complete":false' "$work/$1.nights" | grep -vq '"why":\["'; then state="a night is not complete and does not say why"; fi
}

tail_of() { grep -E "$2" "$work/$1.said" | tail -n 1; }

[ "$provider" = Sqlite ] || start_postgres
began=$(date +%s)
play calm
calm=$state calm_code=$code
case $calm in \"sha256:*) ;; *) cat "$work/calm.said" "$work/calm.verified" >&2; echo "without faults: exit $code, $state" >&2; exit 1 ;; esac
echo "without faults: exit $code, $(tail_of calm 'nights, ') $calm"

differing=0
for ((seed = from; seed <= to; seed++)); do
  play "seed$seed" "$rate@$seed"
  if [ "$state" = "$calm" ] && [ "$code" -eq "$calm_code" ]; then
    echo "seed $seed: the same state, exit $code, $(tail_of "seed$seed" 'nights, ') $(tail_of "seed$seed" ' faults in ' | sed 's/:.*/./')"
  else
    differing=$((differing + 1))
    echo "seed $seed: DIFFERS, exit $code, $state. Again at $(git -C "$root" rev-parse --short HEAD 2>/dev/null): cartingest rehearse --nights $registry --pubmed $pubmed --faults $rate@$seed"
    tail -n 20 "$work/seed$seed.said"
  fi
  # On a full disk the next seed would differ for another reason.
  [ "$provider" = Sqlite ] && rm -rf -- "$work/seed$seed"
done
echo "$provider: $((to - from + 1)) seeds at $rate, $differing differ from the state without faults; $(($(date +%s) - began)) s"
[ "$differing" -eq 0 ]

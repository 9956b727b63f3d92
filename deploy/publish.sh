#!/usr/bin/env bash
# The released form of CarTIngest in FOLDER: `FOLDER/cartingest` starts it, on a machine with the ASP.NET Core runtime.
set -euo pipefail

if [ $# -ne 1 ] || [ -z "$1" ] || [ "${1#-}" != "$1" ]; then
  echo "usage: deploy/publish.sh FOLDER" >&2
  exit 2
fi

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
mkdir -p -- "$1"
folder=$(cd -- "$1" && pwd)

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0
dotnet restore "$root/src/CarTIngest.Host" --locked-mode
dotnet publish "$root/src/CarTIngest.Host" --no-restore -c Release -o "$folder" </dev/null
cp -- "$root/LICENSE" "$root/NOTICE" "$folder/"
test -x "$folder/cartingest"

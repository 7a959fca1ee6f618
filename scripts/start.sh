#!/bin/sh
# npm start [-- <path or git URL> [flags]]: sets up what is missing and runs the main job.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
if [ "$#" -eq 0 ]; then set -- "$root"; fi
# npm changes into the package's folder; a relative path is the caller's.
cd "${INIT_CWD:-$PWD}"
exec sh "$root/bin/trowel" survey "$@"

#!/bin/sh
# npm run check [gate …]: types, lint, format, unused code, import rules, architecture, generated documents, lock file.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
exec sh "$root/scripts/node.sh" --disable-warning=ExperimentalWarning "$root/scripts/check.ts" "$@"

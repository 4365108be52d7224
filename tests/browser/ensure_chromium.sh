#!/bin/sh
# Prints the path of a Chromium that starts, after installing one where there is none.
# In this order: $CHROMIUM, a browser on the PATH, Debian's package, Playwright's own download.
set -eu

starts() { [ -n "$1" ] && "$1" --version >/dev/null 2>&1; }

found() {
  starts "${CHROMIUM:-}" && echo "$CHROMIUM" && return
  for name in chromium chromium-browser google-chrome google-chrome-stable; do
    path=$(command -v "$name") && starts "$path" && echo "$path" && return
  done
  # Asking Playwright costs a second, so it comes last.
  path=$(.venv/bin/python -c '
from playwright.sync_api import sync_playwright
with sync_playwright() as browsers:
    print(browsers.chromium.executable_path)
' 2>/dev/null) && starts "$path" && echo "$path"
}

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

if [ -n "${CHROMIUM:-}" ] && ! starts "$CHROMIUM"; then
  echo "CHROMIUM=$CHROMIUM does not start. Name a Chromium or Chrome, or unset it to have one found or installed." >&2
  exit 2
fi
found && exit

echo "== installing Chromium for the browser tests" >&2
log=$(mktemp)
trap 'rm -f "$log"' EXIT
# Ubuntu's package of this name only points to a snap, which does not run in a container.
if grep -qx 'ID=debian' /etc/os-release 2>/dev/null; then
  { as_root apt-get update -q && as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -q -y --no-install-recommends chromium fonts-dejavu-core; } >"$log" 2>&1 </dev/null || tail -n 20 "$log" >&2
fi
found && exit

# A download into the user's own cache first; the system's packages are touched only for a browser that is there
# and lacks its libraries, and only where that is expected: on a throw-away machine.
if .venv/bin/python -m playwright install chromium >"$log" 2>&1 </dev/null; then
  found && exit
  if [ -n "${CI:-}" ]; then
    .venv/bin/python -m playwright install-deps chromium >"$log" 2>&1 </dev/null || tail -n 20 "$log" >&2
    found && exit
  fi
else
  tail -n 20 "$log" >&2
fi

echo "No Chromium could be installed. Install one by hand, then: CHROMIUM=/path/to/chromium make test" >&2
exit 2

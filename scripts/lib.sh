# What the scripts share. Sourced, not run.

cd "$(dirname "${BASH_SOURCE[0]}")/.."

say() { printf '\033[1m==> %s\033[0m\n' "$*"; }

# need PACKAGE…: installs the Debian packages that are missing, and says so.
need() {
    local missing=()
    local package
    for package in "$@"; do
        dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
    done
    [ ${#missing[@]} -eq 0 ] && return
    local root=()
    [ "$(id -u)" -eq 0 ] || root=(sudo)
    say "Installing from Debian: ${missing[*]}"
    "${root[@]}" apt-get update -q
    (
        # Debian would start the servers among them at once; policy-rc.d keeps it from that (invoke-rc.d(8)).
        policy=/usr/sbin/policy-rc.d
        if [ ! -e "$policy" ]; then
            trap '"${root[@]}" rm -f "$policy"' EXIT
            printf '#!/bin/sh\nexit 101\n' | "${root[@]}" install -m 755 /dev/stdin "$policy"
        fi
        "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}"
    )
}

need_swift() {
    command -v swift >/dev/null || {
        echo "Swift 6.2 or newer is needed: https://www.swift.org/install/linux/" >&2
        exit 1
    }
}

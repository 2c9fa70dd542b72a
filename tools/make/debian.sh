#!/usr/bin/env bash
# Debian packages that the tests use. Usage: debian.sh; installs what is missing when it is root.
. "$(dirname "$0")/steps.sh"

missing=()
while read -r proof package; do
    case $proof in
    "" | \#*) ;;
    /*) [ -e "$proof" ] || missing+=("$package") ;;
    *) PATH=$PATH:/usr/sbin:/sbin command -v "$proof" >/dev/null || missing+=("$package") ;;
    esac
done <src/lianxi/drills/debian.txt
[ ${#missing[@]} -eq 0 ] && exit 0

order="apt-get install -y --no-install-recommends ${missing[*]}"
command -v apt-get >/dev/null ||
    fail "the tests need ${missing[*]} (Debian's names); install them and try again"
[ "$(id -u)" -eq 0 ] || fail "the tests need Debian packages; run this once: sudo $order"
export DEBIAN_FRONTEND=noninteractive
as_one debian
step "package lists" apt-get update -q
# Not needed: pages are looked at with a sixth less work where there is one.
apt-cache show chromium-headless-shell >/dev/null 2>&1 && order+=" chromium-headless-shell"
# shellcheck disable=SC2086
step "Debian packages: ${missing[*]}" $order

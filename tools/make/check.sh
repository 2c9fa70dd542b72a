#!/usr/bin/env bash
# The quick gate. All steps run, so that one look shows everything; any failure fails the gate.
# What is about Python and what is about the web desktop run beside each other.
. "$(dirname "$0")/steps.sh"
bin=$venv/bin
began=$SECONDS
missed=$(mktemp)
gate() { attempt "$@" || printf '%s; ' "$1" >>"$missed"; }

python_lane() {
    gate "ruff check" "$bin/ruff" check
    gate "ruff format --check" "$bin/ruff" format --check
    gate "mypy --strict" "$bin/mypy"
    gate "import-linter (the dependency law)" "$bin/lint-imports" --no-cache
    if [ -e openapi.json ]; then
        gate "openapi.json is up to date" "$bin/python" -m tools.openapi --check
    fi
}

web_lane() {
    [ -e web/package.json ] || return 0
    gate "web packages" tools/make/web.sh packages
    gate "web: types, lint, texts, feature borders" tools/make/web.sh check
}

rm -f "$stamps/unit-tests"
web_lane &
beside=$!
trap 'kill "$beside" 2>/dev/null || true' INT TERM
python_lane
wait "$beside"
gate "architecture and unit tests" "$bin/pytest" -q -m unit -n 2 --dist loadfile --no-loadscope-reorder
[[ $(<"$missed") == *"unit tests"* ]] || sources_now >"$stamps/unit-tests"
[ ! -s "$missed" ] || fail "$(<"$missed")after $((SECONDS - began)) s"
rm -f "$missed"
printf 'check passed in %d s\n' $((SECONDS - began))

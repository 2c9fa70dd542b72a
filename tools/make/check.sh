#!/usr/bin/env bash
# The quick gate. All steps run, so that one look shows everything; any failure fails the gate.
. "$(dirname "$0")/steps.sh"
bin=$venv/bin
began=$SECONDS
failed=()
gate() { attempt "$@" || failed+=("$1"); }

gate "ruff check" "$bin/ruff" check
gate "ruff format --check" "$bin/ruff" format --check
gate "mypy --strict" "$bin/mypy"
gate "import-linter (the dependency law)" "$bin/lint-imports" --no-cache
rm -f "$stamps/unit-tests"
gate "architecture and unit tests" "$bin/pytest" -q -m unit -n 2 --dist loadfile
[[ " ${failed[*]:-} " == *"unit tests"* ]] || sources_now >"$stamps/unit-tests"
if [ -e openapi.json ]; then
    gate "openapi.json is up to date" "$bin/python" -m tools.openapi --check
fi
if [ -e web/package.json ]; then
    gate "web packages" tools/make/web.sh packages
    gate "web: types, lint, texts, feature borders" tools/make/web.sh check
fi
[ ${#failed[@]} -eq 0 ] || fail "$(printf '%s; ' "${failed[@]}")after $((SECONDS - began)) s"
printf 'check passed in %d s\n' $((SECONDS - began))

#!/usr/bin/env bash
# The quick gate. Every step can fail; the first failure ends the run.
. "$(dirname "$0")/steps.sh"
bin=$venv/bin
began=$SECONDS

step "ruff check" "$bin/ruff" check
step "ruff format --check" "$bin/ruff" format --check
step "mypy --strict" "$bin/mypy"
step "import-linter (the dependency law)" "$bin/lint-imports" --no-cache
step "architecture and unit tests" "$bin/pytest" -q -m unit -n 2 --dist loadfile
if [ -e openapi.json ]; then
    step "openapi.json is up to date" "$bin/python" -m tools.openapi --check
fi
if [ -e web/package.json ]; then
    step "web packages" tools/make/web.sh packages
    step "web: types, lint, texts, feature borders" tools/make/web.sh check
fi
printf 'check passed in %d s\n' $((SECONDS - began))

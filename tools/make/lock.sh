#!/usr/bin/env bash
# Pins with hashes, in a form that records no registry address.
. "$(dirname "$0")/steps.sh"
compile=("$venv/bin/uv" pip compile --universal --python-version 3.11 --generate-hashes
    --no-emit-index-url --no-annotate --no-header pyproject.toml --group build "$@")
step "requirements.lock" "${compile[@]}" -o requirements.lock
step "requirements-dev.lock" "${compile[@]}" --group dev -c requirements.lock -o requirements-dev.lock

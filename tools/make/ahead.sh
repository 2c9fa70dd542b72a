#!/usr/bin/env bash
# What the tests need beyond .venv, fetched and made before they ask: Debian's packages, the switch,
# the web desktop. Run beside the quick gate on a fresh machine; again: under a second.
. "$(dirname "$0")/steps.sh"
tools/make/debian.sh &
debian=$!
step "switch" "$venv/bin/python" -c '
import asyncio
from lianxi.channels.asterisk.install import find_asterisk
from lianxi.settings import Settings
asyncio.run(find_asterisk(Settings()))'
wait "$debian"
tools/make/web.sh build

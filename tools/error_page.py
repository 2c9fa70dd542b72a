"""docs/reference/errors.md: every sentence that the product says when it refuses something."""

import importlib
import pkgutil
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import lianxi
from lianxi.kernel.errors import Rejection

PAGE = Path(__file__).parents[1] / "docs/reference/errors.md"

HEAD = """\
# Refusals

Made from the code by `make reference`. What a person can mend is refused with a sentence and a
`code` that never changes. The web desktop shows the sentence in the language of the page, the
command line prints it with the code in brackets, and the HTTP API answers

```json
{"code": "disposition_missing", "detail": "…", "facts": {}}
```

with the status given here. Anything that is not in this list and fails is a bug: the log
(`logs/lianxi.log` in the home) has its trace.
"""


def refusals() -> list[type[Rejection]]:
    """Every kind of refusal, by code."""
    for module in pkgutil.walk_packages(lianxi.__path__, "lianxi."):
        importlib.import_module(module.name)
    found = {kind for kind in _below(Rejection) if kind.__module__.startswith("lianxi.")}
    return sorted(found, key=lambda kind: (kind.code, kind.__module__))


def _below(kind: type[Rejection]) -> Iterator[type[Rejection]]:
    for child in kind.__subclasses__():
        yield child
        yield from _below(child)


def _room(kind: type[Rejection]) -> str:
    parts = kind.__module__.split(".")[1:]
    return "/".join(parts[:2] if parts[0] in ("modules", "channels", "office") else parts[:1])


def page() -> str:
    """The whole page."""
    spoken = [kind for kind in refusals() if "code" in vars(kind)]
    lines = [HEAD, "| code | status | sentence | said by |", "|---|---|---|---|"]
    for code, same in groupby(spoken, key=lambda kind: kind.code):
        kinds = list(same)
        sentences = list(dict.fromkeys(" ".join((kind.__doc__ or "").split()) for kind in kinds))
        rooms = ", ".join(dict.fromkeys(f"`{_room(kind)}`" for kind in kinds))
        status = int(kinds[0].status)
        lines.append(f"| `{code}` | {status} | {' / '.join(sentences)} | {rooms} |")
    return "\n".join(lines) + "\n"

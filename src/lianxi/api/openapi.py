"""The API's description: `python -m lianxi.api.openapi > openapi.json`, or `--check openapi.json`.

The file is committed, so that a change of the interface is seen in review and the web desktop's
types can be made from it.
"""

import json
import sys
from pathlib import Path

from lianxi.api.app import routes_only


def described() -> str:
    """The description as JSON text, the same on every machine."""
    return json.dumps(routes_only().openapi(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def main(arguments: list[str]) -> int:
    """Print the description, or compare a file with it; the exit code."""
    if not arguments:
        sys.stdout.write(described())
        return 0
    path = Path(arguments[-1] if arguments[-1] != "--check" else "openapi.json")
    if path.is_file() and path.read_text(encoding="utf-8") == described():
        return 0
    sys.stderr.write(f"{path} is not what the code says: run `make openapi`\n")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

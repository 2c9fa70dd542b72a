"""Write or check `openapi.json`: `python -m tools.openapi --write | --check`."""

import sys
from pathlib import Path

from lianxi.api.openapi import described

FILE = Path(__file__).parents[1] / "openapi.json"


def main(arguments: list[str]) -> int:
    """Do it; the exit code says whether the file is right now."""
    if "--write" in arguments:
        FILE.write_text(described(), encoding="utf-8")
        return 0
    if FILE.is_file() and FILE.read_text(encoding="utf-8") == described():
        return 0
    print("openapi.json is not what the code says: run `make openapi`", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

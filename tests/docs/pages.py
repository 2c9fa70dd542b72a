"""The documentation as the tests see it: pages, links, headings, code blocks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.architecture.tree import ROOT

_FENCE = re.compile(r"^( *)```(\w*)\n(.*?)^\1```", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ +(.+?) *$", re.MULTILINE)
_SPOKEN = re.compile(r"`([^`\n]+)`")


@dataclass(frozen=True)
class Page:
    """One Markdown file."""

    path: Path

    @property
    def name(self) -> str:
        """Its path inside the checkout."""
        return self.path.relative_to(ROOT).as_posix()

    @property
    def text(self) -> str:
        """The whole file."""
        return self.path.read_text(encoding="utf-8")

    @property
    def prose(self) -> str:
        """The file without its code blocks."""
        return _FENCE.sub("", self.text)

    def blocks(self, *languages: str) -> Iterator[str]:
        """Code blocks in one of these languages."""
        for _, language, block in _FENCE.findall(self.text):
            if language in languages:
                yield block

    def links(self) -> list[str]:
        """Where its links lead."""
        return _LINK.findall(self.prose)

    def anchors(self) -> set[str]:
        """Names by which its headings are linked to."""
        return {_anchor(heading) for heading in _HEADING.findall(self.prose)}

    def spoken(self) -> list[str]:
        """What stands in backticks in the prose."""
        return _SPOKEN.findall(self.prose)

    def typed(self) -> list[str]:
        """Lines that a reader types: in shell blocks, continued lines joined, and in backticks."""
        shell = "\n".join(self.blocks("sh", "bash")).replace("\\\n", " ")
        lines = [line.strip() for line in shell.splitlines()]
        return [line for line in lines if line and not line.startswith("#")] + self.spoken()


def _anchor(heading: str) -> str:
    plain = re.sub(r"[`*]|\[([^\]]*)\]\([^)]*\)", r"\1", heading).lower()
    return re.sub(r"[^\w\- ]", "", plain).strip().replace(" ", "-")


def pages() -> list[Page]:
    """Every page for people: the docs and the files at the top of the checkout."""
    found = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    return [Page(path) for path in sorted(found)]

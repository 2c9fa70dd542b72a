"""The report of all hops as a file: whose it was, from when until when, against which limit."""

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from lianxi.kernel.time import Instant
from lianxi.modules.warnings.contracts import DEADLINES, HopLine
from lianxi.modules.warnings.looking import Held, Whole
from lianxi.office.exports.about import Facts, about
from lianxi.office.exports.contracts import Cell, ExportFormat, ExportLanguage
from lianxi.office.exports.writing import writer

MINUTE_MS = 60_000

HEADINGS = {
    ExportLanguage.ZH: (
        "序号", "轮次", "环节", "责任岗位", "办理人", "开始", "到期", "结束",
        "用时（分钟）", "时限（分钟）", "超时（分钟）", "结论", "并行",
    ),
    ExportLanguage.EN: (
        "No.", "Round", "Hop", "Post", "Done by", "Began", "Due", "Ended",
        "Used (min)", "Limit (min)", "Late (min)", "Verdict", "Parallel",
    ),
}  # fmt: skip
VERDICTS = {
    "met": ("按时", "in time"),
    "late": ("超时", "late"),
    "handed_up": ("已上报", "handed up"),
    "cancelled": ("已取消", "cancelled"),
    "running": ("进行中", "running"),
    "overdue": ("已超时", "overdue"),
    "no_limit": ("无时限", "no limit"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class HopSheet:
    """The report of one warning, in one language."""

    whole: Whole
    by: str
    """Name of who asked."""
    at: Instant
    zone: ZoneInfo
    language: ExportLanguage

    def file(self, format: ExportFormat) -> bytes:
        """The file; writing one takes a moment."""
        rows = self.rows()
        warning = self.whole.line.warning
        facts = Facts(
            kind=warning.number,
            by=self.by,
            at=self.at,
            filter={"case": warning.case_number, "store": warning.store},
            rows=len(rows),
        )
        with tempfile.TemporaryDirectory(prefix="lianxi-hops-") as folder:
            path = Path(folder) / f"hops.{format.value}"
            sheet = writer(path, format, HEADINGS[self.language], self.language)
            sheet.add(rows)
            sheet.close(about(facts, self.language, self.zone))
            return path.read_bytes()

    def rows(self) -> Sequence[Sequence[Cell]]:
        """Each hop, and a last line that the hops of the chain add up to."""
        posts = {post.id: post for post in self.whole.posts}
        lines = [self._row(line, posts) for line in self.whole.hops.lines]
        whole, late = self.whole.hops.whole, self.whole.hops.late
        total = self._word(("合计", "Whole"))
        return [
            *lines,
            ("", "", total, "", "", "", "", "", _minutes(whole), None, None, late, ""),
        ]

    def _row(self, line: HopLine, posts: Mapping[str, Held]) -> Sequence[Cell]:
        post = posts.get(line.owner.removeprefix("post:"))
        return (
            line.number,
            line.round,
            self._word(DEADLINES.get(line.clock, (line.clock, line.clock))),
            self._word((post.zh, post.en)) if post else line.owner,
            self.whole.people.get(line.by or "", ""),
            self._moment(line.since),
            self._moment(line.due_at),
            self._moment(line.until),
            _minutes(line.used),
            None if line.limit is None else _minutes(line.limit),
            _minutes(line.late),
            self._word(VERDICTS[line.verdict]),
            self._word(("是", "yes")) if line.is_parallel else "",
        )

    def _word(self, words: tuple[str, str]) -> str:
        return words[self.language is ExportLanguage.EN]

    def _moment(self, at: Instant | None) -> str:
        if at is None:
            return ""
        return f"{datetime.fromtimestamp(at / 1000, tz=self.zone):%Y-%m-%d %H:%M:%S}"


def _minutes(milliseconds: int) -> float:
    return round(milliseconds / MINUTE_MS, 1)

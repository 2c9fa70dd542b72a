"""What a note on a chart is, and who may see and change it. Days are those of the centre."""

from dataclasses import dataclass
from datetime import date

from lianxi.kernel.ids import UserId
from lianxi.kernel.time import Instant
from lianxi.reports.control.about import About, sees_all_of
from lianxi.reports.scope import Sight, Viewer


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What somebody knows of a day that no figure tells: a promotion, an outage, a new script."""

    id: int
    metric: str
    about: About
    day: date
    text: str
    written_by: UserId
    written_by_name: str
    written_at: Instant
    changed_by_name: str
    """Empty until somebody changes it."""
    changed_at: Instant | None
    revision: int
    """Grows with every change."""


def said(note: Note) -> str:
    """The words of a note and who wrote them, on one line."""
    return f"{' '.join(note.text.split())} ({note.written_by_name})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Whoever looks at notes."""

    user: UserId
    viewer: Viewer
    sight: Sight | None
    """None = everything."""
    keeps_sheet: bool
    """Works with the control sheet, and sees to what others wrote."""

    def may_write(self, about: About) -> bool:
        """On the charts of what is seen whole: a note stands beside a figure, not beside half."""
        return sees_all_of(about, self.viewer, self.sight)

    def may_read(self, note: Note) -> bool:
        """What concerns the centre is for everybody who reads figures; the rest for whoever sees
        the figures that it stands beside."""
        return not note.about.only or self.may_write(note.about)

    def may_change(self, note: Note) -> bool:
        """One's own; those of others for keepers of the control sheet."""
        if note.written_by == self.user:
            return True
        return self.keeps_sheet and self.may_write(note.about)

"""What sources of lists have in common: a filter by the names of the list's address, and headings
in both languages."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Final, Generic, TypeVar

from lianxi.http.permissions import Permission
from lianxi.kernel.time import Instant
from lianxi.office.exports.contracts import ExportLanguage, Order

Filter = TypeVar("Filter")

PAGE: Final = 500
"""Rows that are read at once."""
YES: Final = ("是", "yes")
NO: Final = ("否", "no")
DAYS: Final[Mapping[str, str]] = {"from": "since", "to": "until"}
"""As addresses call the edges of a time."""


class Listed(ABC, Generic[Filter]):
    """A source whose rows are those of a page; numbers are masked unless somebody who may see them
    says why."""

    kind: str
    permissions: tuple[Permission, ...]
    unmasking: tuple[Permission, ...] | None = (Permission.RECORDS_REVEAL,)
    titles: ClassVar[Mapping[ExportLanguage, tuple[str, ...]]]
    """Of the columns."""

    @staticmethod
    @abstractmethod
    def wanted(asked: Mapping[str, Any]) -> Filter:
        """The filter, by the names of the list's address, with what the page takes for granted.

        Raises:
            ExportFilterInvalid: a field is unknown or its value is not of its kind.
        """

    def check(self, wanted: dict[str, Any]) -> dict[str, Any]:
        """The filter as it is stored.

        Raises:
            ExportFilterInvalid: a field is unknown or its value is not of its kind.
        """
        self.wanted(wanted)
        return {name: value for name, value in wanted.items() if value not in (None, "")}

    def headings(self, order: Order) -> list[str]:
        """Of the columns."""
        return list(self.titles[order.language])


def place_of(language: ExportLanguage) -> int:
    """Which of two words, Chinese and English, is meant."""
    return int(language is ExportLanguage.EN)


def moment(at: Instant | None, order: Order) -> str:
    """A moment by the centre's clock, to the second; empty for none."""
    if at is None:
        return ""
    return f"{datetime.fromtimestamp(at / 1000, tz=order.zone):%Y-%m-%d %H:%M:%S}"

"""A warning ends with its work order: one that is withdrawn or merged leaves no warning behind."""

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.modules.cases.contracts import Case
from lianxi.modules.warnings.chain import WARNING
from lianxi.modules.warnings.keeping import Warnings
from lianxi.modules.warnings.repository import WarningRepository
from lianxi.office.flow.contracts import Happened
from lianxi.office.flow.facade import fire


class EndsWithCase:
    """Work orders' `WhenGone`: in the transaction in which one goes, its open warning is closed,
    its clocks are cancelled, and whoever had it hears why.

    Args:
        warnings: where they are.
    """

    def __init__(self, warnings: Warnings) -> None:
        self._warnings = warnings

    async def __call__(self, session: AsyncSession, case: Case, happened: Happened) -> None:
        """Close the open warning about a work order, if there is one."""
        id = await WarningRepository(session).open_of(case.id)
        if id is None:
            return
        ended = Happened(
            event="case_gone",
            by=happened.by,
            at=happened.at,
            reason=happened.reason,
            facts={"case": case.number, "merged_into": case.merged_into},
        )
        await fire(session, WARNING, self._warnings, id, ended)

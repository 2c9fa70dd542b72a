"""All SQL about the organisation. Returns contracts, never rows."""

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.kernel.time import Instant
from lianxi.modules.organisation.contracts import Organisation, SetupStep, StepDone, StepState
from lianxi.modules.organisation.models import THE_ONE, OrganisationRow


class OrganisationRepository:
    """Reads and writes the one row."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def read(self) -> Organisation | None:
        """The organisation; None while nobody has named it or done a step."""
        row = await self._session.get(OrganisationRow, THE_ONE)
        return None if row is None else _organisation(row)

    async def to_change(self, at: Instant) -> OrganisationRow:
        """The row, locked; made when there is none."""
        await self._session.execute(
            insert(OrganisationRow)
            .values(
                id=THE_ONE, name="", name_en="", language="zh-CN", steps={}, facts={},
                revision=0, changed_at=at, changed_by="",
            )
            .on_conflict_do_nothing()
        )  # fmt: skip
        row = await self._session.get(OrganisationRow, THE_ONE, with_for_update=True)
        assert row is not None
        return row


def _organisation(row: OrganisationRow) -> Organisation:
    return Organisation(
        name=row.name,
        name_en=row.name_en,
        language=row.language,
        revision=row.revision,
        changed_at=row.changed_at if row.revision else None,
        changed_by=row.changed_by,
        steps={
            SetupStep(step): StepDone(
                state=StepState(done["state"]),
                at=Instant(done["at"]),
                by=done["by"],
                what=done["what"],
            )
            for step, done in row.steps.items()
        },
    )

"""Who handed contacts on, how and why: the second table of the agents' daily sheet."""

from collections.abc import Mapping

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.projections.transfer_models import TransferKind
from lianxi.reports.export.about import Names, name_of
from lianxi.reports.export.document import Cell, Column, Language, Table
from lianxi.reports.export.words import KEYS, word
from lianxi.reports.forms.repository import hand_overs
from lianxi.reports.questions import Key, Question
from lianxi.reports.registry import Unit

KINDS: Mapping[TransferKind, tuple[str, str]] = {
    TransferKind.COLD: ("直接转接", "cold"),
    TransferKind.WARM: ("咨询后转接", "warm"),
    TransferKind.QUEUE: ("转队列", "to a queue"),
    TransferKind.FLOW: ("转流程", "to a flow"),
    TransferKind.EXTERNAL: ("转外线", "to a number outside"),
}


async def transfers(
    session: AsyncSession, question: Question, names: Names, language: Language
) -> Table:
    """Transfers of contacts that came in, by agent, kind and reason, within the question's window
    and filters."""
    rows: list[tuple[Cell, ...]] = [
        (
            name_of(Key.AGENT, found.agent, names, language),
            language.of(*KINDS[found.kind]),
            found.reason or word("nobody", language),
            found.amount,
        )
        for found in await hand_overs(session, question)
    ]
    columns = (
        Column(heading=language.of(*KEYS[Key.AGENT])),
        Column(heading=word("kind", language)),
        Column(heading=word("reason", language)),
        Column(heading=word("count", language), unit=Unit.COUNT),
    )
    title = language.of("转接及原因", "Transfers and their reasons")
    return Table(title=title, columns=columns, rows=tuple(rows))

"""What a notice is about, as its texts need it."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.kernel.time import Instant
from lianxi.modules.announcements import facade as announcements
from lianxi.modules.cases import facade as cases
from lianxi.modules.notices.contracts import Told
from lianxi.modules.organisation import facade as organisation
from lianxi.modules.warnings import facade as warnings
from lianxi.office.outbox.contracts import Posted

GIVEN = ("number", "title", "reason", "round", "store", "area")
"""What a message of the topic `notice` brings along."""
UNNAMED = {"zh": "客服中心", "en": "Customer service"}


async def centre(session: AsyncSession) -> dict[str, str]:
    """What the centre is called, in both languages."""
    known = await organisation.organisation(session)
    return {"zh": known.name or UNNAMED["zh"], "en": known.name_en or known.name or UNNAMED["en"]}


async def of_notice(session: AsyncSession, message: Posted) -> Told:
    """The event that a message of the topic `notice` tells."""
    body = message.body
    params = {name: body[name] for name in GIVEN if body.get(name) not in (None, "")}
    return Told(
        event=str(body["name"]),
        subject=message.subject,
        key=message.key or f"message {message.id}",
        params={**params, "centre": await centre(session)},
    )


async def of_clock(session: AsyncSession, message: Posted) -> Told:
    """The event that a message of the topic `clock` tells: soon due, or late.

    Raises:
        CaseNotFound, WarningNotFound.
    """
    body = message.body
    params = {
        **await _about(session, message.subject),
        "clock": body["code"],
        "percent": body["percent"] or "–",
        "due": body["due_at"] or body["at"],
        "round": body["round"],
        "centre": await centre(session),
    }
    event = "clock.late" if is_late(body) else "clock.soon"
    return Told(
        event=event,
        subject=message.subject,
        key=message.key or f"message {message.id}",
        params=params,
    )


def is_late(body: Mapping[str, Any]) -> bool:
    """Whether a mark tells that the time is over."""
    if body["percent"] is not None:
        return int(body["percent"]) >= 100
    return body["due_at"] is not None and Instant(body["at"]) >= Instant(body["due_at"])


async def _about(session: AsyncSession, subject: str) -> dict[str, str]:
    kind, _, id = subject.partition(":")
    match kind:
        case "case":
            case = await cases.case(session, id)
            return {"number": case.number, "title": case.title}
        case "warning":
            warning = await warnings.warning(session, id)
            return {"number": warning.number, "title": warning.store, "store": warning.store}
        case "announcement":
            announcement = await announcements.announcement(session, id)
            return {"number": announcement.number, "title": announcement.words.title}
        case _:
            return {"number": id, "title": ""}

"""Telling customers how their own matter stands: by short message and e-mail, or why not."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.kernel.ids import UserId
from lianxi.kernel.masking import mask_address
from lianxi.kernel.time import Instant
from lianxi.modules.cases import facade as cases
from lianxi.modules.cases.contracts import Case
from lianxi.modules.customers import facade as customers
from lianxi.modules.customers.contracts import Customer, Purpose, WhyNot
from lianxi.modules.notices import rules, templates
from lianxi.modules.notices.contracts import NoticeChannel, NotSent, Rendered, Told, Wording
from lianxi.modules.notices.repository import NoticeRepository
from lianxi.office.audit import facade as audit
from lianxi.office.audit.contracts import Act
from lianxi.office.clock.contracts import ClockState
from lianxi.office.letters.contracts import Letter, mail, sms
from lianxi.office.outbox import facade as outbox
from lianxi.office.outbox.contracts import Message

WHY = {WhyNot.DO_NOT_CALL: NotSent.DO_NOT_CALL, WhyNot.ERASED: NotSent.NO_CUSTOMER}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """How customers can be told here."""

    mail: bool
    sms: bool


async def tell(
    session: AsyncSession, told: Told, case_id: str, *, ways: Ways, zone: ZoneInfo, at: Instant
) -> None:
    """Write letters to the customer of a work order, and into its story why there is none.

    Raises:
        CaseNotFound.
    """
    case = await cases.case(session, case_id)
    event = "customer." + told.event.partition(".")[2]
    version = await templates.in_force(session, event, at)
    params = {**told.params, "due": await _due(session, case)}
    whole = Told(event=event, subject=told.subject, key=told.key, params=params)
    words = {c: rules.render(w, params, zone) for c, w in version.wordings.items()}
    # One row for the customer: told again, this message changes nothing.
    first = next(iter(words.values()))
    someone = [UserId(f"customer:{case.customer or ''}")]
    if not await NoticeRepository(session).add(someone, whole, first, at):
        return
    customer = await customers.current(session, case.customer)
    letters: list[Message] = []
    for channel, wording in version.wordings.items():
        to, why = await _address(session, channel, wording, case, customer, ways, at)
        if why is None:
            letters.append(_letter(channel, to, words[channel], whole, customer))
        elif why is not NotSent.OFF:
            await note(session, whole.subject, event, channel, to=to, why=why.value, at=at)
    await outbox.put(session, letters, at)


async def note(
    session: AsyncSession,
    subject: str,
    event: str,
    channel: NoticeChannel,
    *,
    to: str,
    why: str,
    at: Instant,
) -> None:
    """Write into the story of a matter that its customer was told, or why not."""
    await audit.record(
        session, at=at, who=None, act=Act.NOTICE_NOT_TOLD if why else Act.NOTICE_TOLD,
        object=subject,
        facts={"notice": event, "channel": channel.value, "to": mask_address(to), "why": why},
    )  # fmt: skip


async def _address(
    session: AsyncSession,
    channel: NoticeChannel,
    wording: Wording,
    case: Case,
    customer: Customer | None,
    ways: Ways,
    at: Instant,
) -> tuple[str, NotSent | None]:
    """Where a letter goes, or why it is not written."""
    if not wording.is_on:
        return "", NotSent.OFF
    if customer is None and not case.phone:
        return "", NotSent.NO_CUSTOMER
    if customer is not None and customer.erased_at is not None:
        return "", NotSent.NO_CUSTOMER
    if customer is not None and any(
        one.purpose is Purpose.NOTICE and not one.given for one in customer.consents
    ):
        return "", NotSent.REFUSED
    if channel is NoticeChannel.MAIL:
        to = customers.mail_address(customer)
        why = None if to else NotSent.NO_ADDRESS
        return to, why if why or ways.mail else NotSent.NOT_SET_UP
    to = customers.sms_number(customer, case.phone)
    if not to:
        return "", NotSent.NO_NUMBER
    answer = await customers.may_contact(session, to, Purpose.NOTICE, at=at)
    if not answer.allowed:
        return to, NotSent.REFUSED if answer.why is None else WHY.get(answer.why, NotSent.REFUSED)
    return to, None if ways.sms else NotSent.NOT_SET_UP


async def _due(session: AsyncSession, case: Case) -> Instant | None:
    for clock in await cases.clocks_of(session, case.id):
        if clock.code == "wo.resolve" and clock.state is not ClockState.ENDED:
            return clock.due_at
    return None


def _letter(
    channel: NoticeChannel, to: str, words: Rendered, told: Told, customer: Customer | None
) -> Message:
    is_english = customer is not None and customer.profile.language.lower().startswith("en")
    facts: Mapping[str, Any] = {
        "to": to, "subject": told.subject, "key": told.key, "notice": told.event,
        "text": words.en if is_english else words.zh,
    }  # fmt: skip
    if channel is NoticeChannel.SMS:
        return sms(Letter(**facts))
    return mail(Letter(**facts), title=words.title_en if is_english else words.title_zh)

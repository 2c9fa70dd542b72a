"""Who is asked: the worker finds what ended, and makes an invitation of each, sent or not."""

import secrets
from dataclasses import replace
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.kernel.ids import InvitationId, UserId
from lianxi.kernel.time import Instant
from lianxi.modules.cases import facade as cases
from lianxi.modules.cases.contracts import Case, Finished
from lianxi.modules.customers import facade as customers
from lianxi.modules.customers.contracts import Customer, Purpose, WhyNot
from lianxi.modules.surveys import rules
from lianxi.modules.surveys.contracts import (
    Invitation,
    InvitationState,
    NotInvited,
    Survey,
    SurveyChannel,
    SurveyTrigger,
)
from lianxi.modules.surveys.errors import SurveyAskedAlready, SurveyNotDue, SurveyNotFound
from lianxi.modules.surveys.repository import SurveyRepository
from lianxi.office.form import facade as forms
from lianxi.office.letters.contracts import Letter, mail, sms
from lianxi.office.outbox import facade as outbox
from lianxi.office.outbox.contracts import OutboxState

DAY_MS = 86_400_000
MINUTE_MS = 60_000
AGAIN_MS = 10 * MINUTE_MS
"""What ended shortly before it was looked at last is looked at again: it may have been committed a
little later. Nobody is asked twice, for a resolution has one invitation."""
AT_ONCE = 200
UNCONFIGURED = ("mail_not_set_up", "sms_not_set_up")


async def invite(session: AsyncSession, now: Instant, zone: ZoneInfo) -> int:
    """Make the invitations that are due; how many, those not sent too."""
    repository = SurveyRepository(session)
    made = 0
    for found in await repository.surveys():
        if not found.is_active or found.channel is SurveyChannel.LINK:
            continue
        survey = await repository.survey(found.id, lock=True)
        if survey is not None and rules.may_ask_now(survey, now, zone):
            made += await _invite(session, survey, now)
    return made


async def _invite(session: AsyncSession, survey: Survey, now: Instant) -> int:
    repository = SurveyRepository(session)
    began = survey.active_since or now
    before = survey.looked_until or began
    since = Instant(max(began, before - AGAIN_MS))
    until = Instant(now - survey.delay_minutes * MINUTE_MS)
    ended = await cases.finished(
        session,
        closed=survey.trigger is SurveyTrigger.CLOSED,
        since=since,
        until=until,
        limit=AT_ONCE,
    )
    asked = await repository.asked([one.case for one in ended])
    made = 0
    for one in ended:
        if (one.case, one.round) in asked or (survey.kinds and one.kind not in survey.kinds):
            continue
        made += await _ask(session, survey, one, now)
    looked = ended[-1].at if len(ended) == AT_ONCE else until
    await repository.looked(survey.id, Instant(max(looked, before)))
    return made


async def _ask(session: AsyncSession, survey: Survey, resolution: Finished, now: Instant) -> int:
    customer = await customers.current(session, resolution.customer)
    to = _address(survey.channel, resolution, customer)
    why = await _why_not(session, survey, resolution, customer, to, now)
    invitation, token = await _new(session, survey, resolution, to=to, by=None, now=now)
    if why is not None:
        invitation = replace(
            invitation,
            state=InvitationState.NOT_SENT,
            why=why,
            token_hash=None,
            expires_at=None,
        )
    if not await SurveyRepository(session).add(invitation):
        return 0
    if why is None:
        link = f"{survey.address.rstrip('/')}/survey/{token}"
        is_english = customer is not None and customer.profile.language.lower().startswith("en")
        text = survey.text_en if is_english and survey.text_en else survey.text_zh
        letter = Letter(
            to=to,
            text=rules.filled(text, resolution, link),
            subject=f"survey_invitation:{invitation.id}",
            key=f"survey {invitation.id}",
        )
        title = survey.en if is_english and survey.en else survey.zh
        by_sms = survey.channel is SurveyChannel.SMS
        await outbox.put(session, sms(letter) if by_sms else mail(letter, title=title), now)
    return 1


async def _why_not(
    session: AsyncSession,
    survey: Survey,
    resolution: Finished,
    customer: Customer | None,
    to: str,
    now: Instant,
) -> NotInvited | None:
    """Why a customer is not asked; None = is asked."""
    if not rules.is_drawn(survey, resolution):
        return NotInvited.NOT_DRAWN
    whom = customer.id if customer else to
    if whom:
        may = await customers.may_contact(session, whom, Purpose.SURVEY, at=now)
        if may.why is not None and may.why is not WhyNot.DO_NOT_CALL:
            return NotInvited.NO_CONSENT
    if survey.needs_consent and not _agreed(customer):
        return NotInvited.NO_CONSENT
    if not to:
        return NotInvited.NO_ADDRESS
    is_number = survey.channel is SurveyChannel.SMS
    if is_number and await customers.do_not_call(session, to, at=now) is not None:
        return NotInvited.DO_NOT_CALL
    since = Instant(now - survey.recontact_days * DAY_MS)
    known = customer.id if customer else None
    if await SurveyRepository(session).was_asked_since(known, to, since):
        return NotInvited.TOO_SOON
    return None


def _agreed(customer: Customer | None) -> bool:
    said = customer.consents if customer else ()
    return any(one.purpose is Purpose.SURVEY and one.given for one in said)


def _address(channel: SurveyChannel, resolution: Finished, customer: Customer | None) -> str:
    if channel is SurveyChannel.MAIL:
        return customers.mail_address(customer)
    return customers.sms_number(customer, resolution.phone)


async def _new(
    session: AsyncSession,
    survey: Survey,
    resolution: Finished,
    *,
    to: str,
    by: UserId | None,
    now: Instant,
) -> tuple[Invitation, str]:
    token = secrets.token_urlsafe(24)
    form = await forms.form(session, survey.form)
    invitation = Invitation(
        id=InvitationId(f"si-{secrets.token_hex(8)}"),
        survey=survey.id,
        case=resolution.case,
        case_number=resolution.number,
        round=resolution.round,
        customer=resolution.customer,
        channel=survey.channel,
        to=to,
        state=InvitationState.WAITING,
        token_hash=rules.hash_of(token),
        made_at=now,
        made_by=by,
        expires_at=Instant(now + survey.valid_days * DAY_MS),
        form_version=form.version,
    )
    return invitation, token


async def link_for(
    session: AsyncSession, id: str, case: Case, *, by: UserId, now: Instant
) -> tuple[Invitation, str]:
    """A link that a person gives to the customer of a work order that is done.

    Returns:
        The invitation, and the token of its link: it is shown now and never again.

    Raises:
        SurveyNotFound, SurveyNotDue.
        SurveyAskedAlready: about this resolution the customer was asked, and may still answer or
            has; an invitation that was not sent, or whose time is over, gives way.
    """
    repository = SurveyRepository(session)
    survey = next((one for one in await repository.surveys() if one.id == id), None)
    if survey is None or not survey.is_active:
        raise SurveyNotFound
    last = case.rounds[-1]
    ended = last.resolved_at if survey.trigger is SurveyTrigger.DONE else last.closed_at
    if ended is None or last.outcome in ("withdrawn", "merged"):
        raise SurveyNotDue(case=case.number)
    resolution = Finished(
        case=case.id,
        number=case.number,
        title=case.title,
        kind=case.kind,
        round=case.round,
        at=ended,
        customer=case.customer,
        phone=case.phone,
    )
    invitation, token = await _new(session, survey, resolution, to="", by=by, now=now)
    invitation = replace(
        invitation, channel=SurveyChannel.LINK, state=InvitationState.SENT, sent_at=now
    )
    if await repository.add(invitation):
        return invitation, token
    before = await repository.of_round(case.id, case.round, lock=True)
    over = (InvitationState.NOT_SENT, InvitationState.EXPIRED)
    if before is None or before.state_at(now) not in over:
        raise SurveyAskedAlready(case=case.number)
    again = replace(invitation, id=before.id)
    await repository.save(again)
    return again, token


async def follow(session: AsyncSession, now: Instant) -> int:
    """What became of the letters that were on their way; of how many that is known now. The words
    of a letter that is over are wiped: its link is for the customer only."""
    repository = SurveyRepository(session)
    known = 0
    for invitation in await repository.waiting(limit=AT_ONCE):
        subject = f"survey_invitation:{invitation.id}"
        for letter in await outbox.of(session, subject):
            if letter.state is OutboxState.WAITING:
                continue
            await repository.save(_followed(invitation, letter.state, letter.error, now))
            await outbox.wipe(session, subject)
            known += 1
    return known


def _followed(invitation: Invitation, state: OutboxState, error: str, now: Instant) -> Invitation:
    if state is OutboxState.TOLD:
        return replace(invitation, state=InvitationState.SENT, sent_at=now)
    why = NotInvited.NOT_CONFIGURED if error in UNCONFIGURED else NotInvited.NOT_TAKEN
    return replace(
        invitation,
        state=InvitationState.NOT_SENT,
        why=why,
        why_text=error[:300],
        token_hash=None,
        expires_at=None,
    )

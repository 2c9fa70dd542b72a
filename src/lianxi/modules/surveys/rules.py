"""Decisions of surveys. Pure."""

import datetime as dt
import hashlib
import re
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from lianxi.kernel.time import Instant
from lianxi.modules.cases.contracts import Finished
from lianxi.modules.surveys.contracts import (
    InvitationState,
    NotInvited,
    Survey,
    SurveyChannel,
    SurveyFigures,
    Tally,
    Verdict,
)
from lianxi.modules.surveys.errors import SurveyInvalid
from lianxi.office.form.contracts import Answers, Form, Item, ItemKind, Option

SATISFIED_FROM = 80.0
"""Percent: 4 and 5 of 5 are satisfied (L10)."""
UNSATISFIED_TO = 40.0
"""Percent: 1 and 2 of 5 are not."""
OUT = (InvitationState.SENT, InvitationState.ANSWERED, InvitationState.EXPIRED)
DAY_MINUTES = 24 * 60
LONGEST_TEXT = 500
_ID = re.compile(r"[a-z][a-z0-9_-]{0,39}")
_HOLE = re.compile(r"\{([^{}]*)\}")
HOLES = {"link", "number", "title"}


def require_sound(survey: Survey) -> None:
    """Refuse a survey that contradicts itself.

    Raises:
        SurveyInvalid.
    """
    if not _ID.fullmatch(survey.id):
        raise SurveyInvalid(field="id", why="bad_id")
    if not survey.zh.strip():
        raise SurveyInvalid(field="zh", why="required")
    if not 0 <= survey.from_minute < survey.until_minute <= DAY_MINUTES:
        raise SurveyInvalid(field="until_minute", why="before_from")
    if survey.channel is SurveyChannel.LINK:
        return
    for field, text in (("text_zh", survey.text_zh), ("text_en", survey.text_en)):
        if field == "text_en" and not text:
            continue
        _require_text(field, text)
    if not re.fullmatch(r"https?://[^\s/]+(/[^\s]*)?", survey.address):
        raise SurveyInvalid(field="address", why="no_address")


def _require_text(field: str, text: str) -> None:
    holes = set(_HOLE.findall(text))
    if "link" not in holes:
        raise SurveyInvalid(field=field, why="no_link")
    if unknown := holes - HOLES:
        raise SurveyInvalid(field=field, why="unknown_hole", hole=sorted(unknown)[0][:40])


def first_form(survey: Survey) -> Form:
    """What a new survey asks: 1 to 5, whether it is settled, and in the customer's own words."""
    words = (
        ("很不满意", "Very dissatisfied"),
        ("不满意", "Dissatisfied"),
        ("一般", "Neither"),
        ("满意", "Satisfied"),
        ("很满意", "Very satisfied"),
    )
    options = tuple(
        Option(value=str(points), zh=zh, en=en, points=points)
        for points, (zh, en) in enumerate(words, start=1)
    )
    return Form(
        kind=survey.form,
        version=0,
        zh=survey.zh,
        en=survey.en,
        items=(
            Item(
                name="rating",
                kind=ItemKind.CHOICE,
                zh="您对这次服务满意吗?",
                en="How satisfied are you with this service?",
                required=True,
                options=options,
                weight=1,
            ),
            Item(
                name="settled",
                kind=ItemKind.YES_NO,
                zh="您的问题解决了吗?",
                en="Is your matter settled?",
            ),
            Item(
                name="words",
                kind=ItemKind.LONG_TEXT,
                zh="还想对我们说什么?",
                en="What else would you like to tell us?",
                longest=1_000,
            ),
        ),
    )


def is_scored(form: Form) -> bool:
    """Whether some answer of it counts: without one nobody is satisfied or not."""
    return any(
        item.weight > 0 and (item.points > 0 or any(o.points is not None for o in item.options))
        for item in form.items
    )


def verdict_of(percent: float | None) -> Verdict | None:
    """What a score says; None = nothing that counts was answered.

    >>> [verdict_of(points * 20.0).value for points in (1, 2, 3, 4, 5)]
    ['unsatisfied', 'unsatisfied', 'neutral', 'satisfied', 'satisfied']
    """
    if percent is None:
        return None
    if percent >= SATISFIED_FROM:
        return Verdict.SATISFIED
    return Verdict.UNSATISFIED if percent <= UNSATISFIED_TO else Verdict.NEUTRAL


def words_of(form: Form, answers: Answers) -> str:
    """The customer's own words among the answers, one line each."""
    texts = (ItemKind.TEXT, ItemKind.LONG_TEXT)
    said = [
        str(answers[i.name]).strip() for i in form.items if i.kind in texts and i.name in answers
    ]
    return "\n".join(line for line in said if line)


def may_ask_now(survey: Survey, now: Instant, zone: ZoneInfo) -> bool:
    """Whether it is a time of the day at which customers are asked."""
    local = dt.datetime.fromtimestamp(now / 1000, tz=zone)
    return survey.from_minute <= local.hour * 60 + local.minute < survey.until_minute


def is_drawn(survey: Survey, resolution: Finished) -> bool:
    """Whether a resolution belongs to the sample: by a hash, so that nobody can choose and
    everybody can check."""
    text = f"{survey.id} {resolution.number} {resolution.round}"
    digest = hashlib.sha256(text.encode()).digest()
    return int.from_bytes(digest[:4], "big") % 100 < survey.sample_percent


def hash_of(token: str) -> str:
    """What is kept of a link."""
    return hashlib.sha256(token.encode()).hexdigest()


def filled(text: str, resolution: Finished, link: str) -> str:
    """The message to a customer."""
    known = {"link": link, "number": resolution.number, "title": resolution.title}
    return _HOLE.sub(lambda hole: known.get(hole.group(1), hole.group(0)), text)


def figures(tallies: Iterable[Tally]) -> SurveyFigures:
    """Add up what was counted."""
    every = list(tallies)
    not_sent: dict[NotInvited, int] = {}
    verdicts: dict[Verdict, int] = {}
    for one in every:
        if one.why is not None and one.state is InvitationState.NOT_SENT:
            not_sent[one.why] = not_sent.get(one.why, 0) + one.times
        if one.verdict is not None:
            verdicts[one.verdict] = verdicts.get(one.verdict, 0) + one.times
    scored = sum(one.scored for one in every)
    return SurveyFigures(
        chosen=sum(one.times for one in every),
        sent=sum(one.times for one in every if one.state in OUT),
        answered=sum(one.times for one in every if one.state is InvitationState.ANSWERED),
        not_sent=not_sent,
        verdicts=verdicts,
        mean_percent=sum(one.percents for one in every) / scored if scored else None,
    )

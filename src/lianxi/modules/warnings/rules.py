"""What each event changes in a warning. Pure."""

from dataclasses import replace
from typing import Any

from lianxi.kernel.time import Instant
from lianxi.modules.warnings.contracts import (
    ComplaintWarning,
    DayEntry,
    DayKind,
    Hop,
    Level,
    Opinion,
    Recontact,
    WarningReview,
    WarningRound,
)
from lianxi.office.flow.contracts import Happened

OWNERS = {
    "ew.submit": "post:hotline_agent",
    "ew.review": "post:hotline_supervisor",
    "ew.return": "post:hotline_supervisor",
    "ew.store": "post:store_service",
    "ew.guide": "post:store_manager",
    "ew.feedback": "post:store_manager",
    "ew.division": "post:division_deputy",
    "ew.recontact": "post:hotline_supervisor",
    "ew.daily_report": "post:hotline_agent",
    "ew.daily_handle": "post:store_service",
    "ew.close": "post:store_service",
}
"""Whose a deadline is."""

NEXT = {
    "classify": "ew.submit",
    "submit": "ew.review",
    "reject": "ew.return",
    "send_back": "ew.submit",
    "approve": "ew.guide",
    "guide": "ew.feedback",
    "escalate": "ew.division",
    "feedback": "ew.recontact",
    "decide": "ew.recontact",
    "unsatisfied": "ew.daily_report",
    "satisfied": "",
    "close": "",
    "case_gone": "",
}
"""Which deadline of the chain an event leads to; empty = it ends there."""


def opened(warning: ComplaintWarning, at: Instant) -> ComplaintWarning:
    """Just classified: the first round and the first hop."""
    first = WarningRound(number=1, opened_at=at)
    hop = Hop(number=1, round=1, clock="ew.submit", owner=OWNERS["ew.submit"], since=at)
    return replace(warning, rounds=(first,), hops=(hop,))


def _passed(warning: ComplaintWarning, happened: Happened) -> ComplaintWarning:
    """The hop ends; the next begins at the same moment."""
    hops = warning.hops
    ended = replace(hops[-1], until=happened.at, event=happened.event, by=happened.user)
    hops = (*hops[:-1], ended)
    code = NEXT[happened.event]
    if code:
        hop = Hop(
            number=len(hops) + 1,
            round=warning.round,
            clock=code,
            owner=OWNERS[code],
            since=happened.at,
        )
        hops = (*hops, hop)
    return replace(warning, hops=hops)


def _round(warning: ComplaintWarning, **changes: Any) -> ComplaintWarning:
    changed = replace(warning.rounds[-1], **changes)
    return replace(warning, rounds=(*warning.rounds[:-1], changed))


def submitted(warning: ComplaintWarning, happened: Happened) -> ComplaintWarning:
    """提交."""
    facts = happened.facts
    found = _round(
        warning,
        form_version=int(facts.get("form_version", 0)),
        answers=dict(facts.get("answers", {})),
        submitted_at=happened.at,
        submitted_by=happened.user,
    )
    if warning.round > 1:
        text = str(facts.get("answers", {}).get("findings", ""))
        found = _day(found, happened, DayKind.REPORT, text)
    return _passed(found, happened)


def rejected(warning: ComplaintWarning, happened: Happened) -> ComplaintWarning:
    """结论 = 不符合: the round and the chain go on, the sheet has to go back."""
    return _passed(_reviewed(warning, happened, conforms=False), happened)


def sent_back(warning: ComplaintWarning, happened: Happened) -> ComplaintWarning:
    """退回: the round stays, a new half hour begins (RL04)."""
    last = replace(warning.reviews[-1], returned_at=happened.at)
    found = replace(warning, reviews=(*warning.reviews[:-1], last))
    return _passed(_round(found, return_count=found.rounds[-1].return_count + 1), happened)


def approved(warning: ComplaintWarning, happened: Happened) -> ComplaintWarning:
    """符合, 上报店长."""
    return _passed(_reviewed(warning, happened, conforms=True), happened)


def _reviewed(warning: ComplaintWarning, happened: Happened, *, conforms: bool) -> ComplaintWarning:
    review = WarningReview(
        number=len(warning.reviews) + 1,
        round=warning.round,
        by=happened.user,
        conforms=conforms,
        opinion=happened.reason,
        at=happened.at,
    )
    return replace(warning, reviews=(*warning.reviews, review))


def handled(warning: ComplaintWarning, happened: Happened) -> ComplaintWarning:
    """店客服中心处理; in later rounds also the handling of the day."""
    return _day(warning, happened, DayKind.HANDLING, happened.reason)


def reported(warning: ComplaintWarning, happened: Happened) -> ComplaintWarning:
    """一天一预警: the report of a day while the matter is with others."""
    return _day(warning, happened, DayKind.REPORT, happened.reason)


def _day(
    warning: ComplaintWarning, happened: Happened, kind: DayKind, text: str
) -> ComplaintWarning:
    entry = DayEntry(
        number=len(warning.days) + 1,
        round=warning.round,
        kind=kind,
        by=happened.user,
        at=happened.at,
        text=text,
    )
    return replace(warning, days=(*warning.days, entry))


def guided(warning: ComplaintWarning, happened: Happened) -> ComplaintWarning:
    """店长意见."""
    return _passed(_opinion(warning, happened, Level.STORE, None), happened)


def escalated(warning: ComplaintWarning, happened: Happened) -> ComplaintWarning:
    """无法答复, 上报事业部."""
    return _passed(warning, happened)


def fed_back(warning: ComplaintWarning, happened: Happened) -> ComplaintWarning:
    """反馈热线."""
    last = replace(warning.opinions[-1], received_at=happened.at)
    found = replace(warning, opinions=(*warning.opinions[:-1], last))
    return _passed(found, happened)


def decided(warning: ComplaintWarning, happened: Happened) -> ComplaintWarning:
    """事业部意见: one of the two suffices, and the hotline has it at once (RL09)."""
    return _passed(_opinion(warning, happened, Level.DIVISION, happened.at), happened)


def _opinion(
    warning: ComplaintWarning, happened: Happened, level: Level, received_at: Instant | None
) -> ComplaintWarning:
    opinion = Opinion(
        number=len(warning.opinions) + 1,
        round=warning.round,
        level=level,
        by=happened.user,
        text=happened.reason,
        at=happened.at,
        received_at=received_at,
    )
    return replace(warning, opinions=(*warning.opinions, opinion))


def satisfied(warning: ComplaintWarning, happened: Happened) -> ComplaintWarning:
    """再联系, 满意: it is over."""
    told = _told(warning, happened, satisfied=True)
    found = _round(told, ended_at=happened.at, satisfied=True)
    return replace(_passed(found, happened), closed_at=happened.at)


def unsatisfied(warning: ComplaintWarning, happened: Happened) -> ComplaintWarning:
    """再联系, 不满意: another round; from tomorrow on one warning and one handling a day."""
    told = _told(warning, happened, satisfied=False)
    ended = _round(told, ended_at=happened.at, satisfied=False)
    another = WarningRound(number=warning.round + 1, opened_at=happened.at)
    return _passed(replace(ended, round=another.number, rounds=(*ended.rounds, another)), happened)


def _told(warning: ComplaintWarning, happened: Happened, *, satisfied: bool) -> ComplaintWarning:
    recontact = Recontact(
        number=len(warning.recontacts) + 1,
        round=warning.round,
        by=happened.user,
        at=happened.at,
        satisfied=satisfied,
        note=happened.reason,
    )
    return replace(warning, recontacts=(*warning.recontacts, recontact))


def closed(warning: ComplaintWarning, happened: Happened) -> ComplaintWarning:
    """店结办 (R140)."""
    found = _round(warning, ended_at=happened.at)
    return replace(_passed(found, happened), closed_at=happened.at)


def case_gone(warning: ComplaintWarning, happened: Happened) -> ComplaintWarning:
    """The work order was withdrawn or merged: there is nothing left to warn of."""
    found = _round(warning, ended_at=happened.at)
    return replace(_passed(found, happened), closed_at=happened.at)

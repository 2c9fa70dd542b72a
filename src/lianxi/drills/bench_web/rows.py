"""What the scripted live link tells: a floor of agents, and the views of one desk."""

import time
from typing import Any

Row = dict[str, Any]
PROBE = "9000"
"""The agent on top of the list, whose row is watched."""

_QUEUE = {"id": "service", "name": "售后", "name_en": "Service"}


def _now() -> int:
    return round(time.time() * 1000)


def agents(count: int) -> dict[str, Row]:
    """Agents as the topic `agents` has them; the first does not respond, so it stands on top."""
    now = _now()
    return {
        str(9000 + index): {
            "id": str(9000 + index),
            "no": str(9000 + index),
            "name": f"Agent {index}",
            "team": "team-1",
            "state": "not_responding" if index == 0 else "ready",
            "since": now - (3_600_000 if index == 0 else 1_000 * index),
            "reason": None,
            "next": None,
            "hold_alarmed": False,
            "overstayed": False,
            "contact": None,
            "queue": None,
            "number": None,
            "answered_today": index % 40,
        }
        for index in range(count)
    }


def floor(count: int) -> dict[str, dict[str, Row]]:
    """Everything that the live page asks for."""
    queue = _QUEUE | {
        "waiting": 3, "longest_since": _now() - 20_000, "ready": 5, "talking": 20, "acw": 3,
        "signed_in": count, "answer_within_ms": 20_000, "unstaffed_since": None,
        "expected_wait_ms": None, "wrap_up_limit_ms": 45_000, "wrap_up_limited": None,
    }  # fmt: skip
    return {"agents": agents(count), "queues": {"service": queue}, "system": _system()}


def _system() -> dict[str, Row]:
    well = {"database": True, "switch": True, "driver": True, "problem": None, "build": "bench"}
    return {"state": well}


def desk(view: Row) -> dict[str, dict[str, Row]]:
    """Everything that a desk asks for."""
    return {"me": {"me": view}, "system": _system()}


def idle(view: Row) -> Row:
    """The desk as the server gave it, signed in and ready."""
    return view | {
        "signed_in": True, "here": True, "device": "browser", "registered": True,
        "state": "ready", "since": _now(), "offer": None, "contact": None, "wrap_up": None,
        "queues": [_QUEUE | {"waiting": 3, "longest_since": _now()}],
    }  # fmt: skip


def ringing(view: Row, number: int) -> Row:
    """A contact rings."""
    now = _now()
    pop = {
        "number": "138****1234", "name": "试呼客户", "queue": _QUEUE, "waited_ms": 42_000,
        "menu_path": [{"zh": "售后服务", "en": "Service"}], "channel": "voice",
    }  # fmt: skip
    offer = {
        "id": f"offer-{number}", "contact": f"c{number}", "since": now,
        "expires_at": now + 20_000, "pop": pop,
    }  # fmt: skip
    return idle(view) | {"state": "ringing", "offer": offer}


def talking(view: Row, number: int) -> Row:
    """The same contact is spoken to."""
    now = _now()
    contact = {
        "id": f"c{number}", "number": "138****1234", "name": "试呼客户", "queue": _QUEUE,
        "menu_path": [], "connected_at": now, "phase": "talking", "hold_since": None,
        "hold_alarmed": False, "recall_at": None, "held_ms": 0, "waited_ms": 42_000,
        "recording": "on", "recording_resumes_at": None, "recording_problem": None,
    }  # fmt: skip
    codes = [
        {"code": f"code{index}", "name": f"小结 {index}", "name_en": f"Code {index}"}
        for index in range(15)
    ]
    wrap_up = {
        "contact": f"c{number}", "since": None, "limit_ms": 45_000, "mode": "limited",
        "extended": 0, "extensions_left": 2, "codes": codes, "disposition": None, "note": "",
    }  # fmt: skip
    may = {"hold": True, "hang_up": True, "transfer": True, "consult": True, "invite": True}
    return idle(view) | {
        "state": "talking", "contact": contact, "wrap_up": wrap_up,
        "allowed": view["allowed"] | may,
    }  # fmt: skip


def wrapping(view: Row, number: int) -> Row:
    """The same contact is over, its wrap-up runs."""
    now = _now()
    spoken = talking(view, number)
    return spoken | {
        "state": "acw", "contact": None, "wrap_up": spoken["wrap_up"] | {"since": now},
    }  # fmt: skip

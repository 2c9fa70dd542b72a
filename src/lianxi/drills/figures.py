"""Today's figures, added up from the journal's lines alone: a second opinion on the reports.

Formulas as on the pages of docs/kpi: SL4, ASA over answered calls, AHT = (talk + hold + wrap-up)
per handled call. Nothing of the product's own folds is used.
"""

from collections.abc import Sequence

from lianxi.drills.tail import Line

CONNECTED = "contact.connected.v1"
OVER = (CONNECTED, "contact.entry_ended.v1")
"""A stay in a queue is over with one of these."""


def recomputed(lines: Sequence[Line]) -> dict[str, float | None]:
    """Offered, answered, abandoned, service level, ASA (s) and AHT (s) of all lines."""
    thresholds = _thresholds(lines)
    offered = [
        line
        for line in lines
        if line.type == "contact.queued.v1" and not line.facts.get("recovered")
    ]
    known = {line.fact("entry") for line in offered}
    over = [line for line in lines if line.type in OVER and line.fact("entry") in known]
    answered = [line for line in over if line.type == CONNECTED]
    abandoned = [line for line in over if line.fact("outcome") == "abandoned"]

    def waited(line: Line) -> int:
        return int(line.facts["waited"])

    in_time = [line for line in answered if waited(line) <= thresholds[line.fact("queue")]]
    late = [line for line in abandoned if waited(line) > thresholds[line.fact("queue")]]
    judged = len(answered) + len(late)
    handled, work_s = _work(lines)
    return {
        "offered": len(offered),
        "answered": len(answered),
        "abandoned": len(abandoned),
        "service_level": len(in_time) / judged if judged else None,
        "asa": sum(map(waited, answered)) / 1000 / len(answered) if answered else None,
        "aht": work_s / handled if handled else None,
    }


def _thresholds(lines: Sequence[Line]) -> dict[str, int]:
    """The service level's threshold of each queue, milliseconds, by the newest configuration."""
    found: dict[str, int] = {}
    for line in lines:
        if line.type == "routing.changed.v1":
            for queue in line.facts["routing"]["queues"]:
                found[queue["id"]] = int(queue.get("answer_within", 20_000))
    return found


def _work(lines: Sequence[Line]) -> tuple[int, float]:
    """Handled calls, and seconds of talk, hold and wrap-up. Hold lies inside the conversation."""
    handled: set[str] = set()
    work_s = 0.0
    talking: dict[str, float] = {}
    wrapping: dict[str, float] = {}
    for line in lines:
        contact = line.fact("contact")
        match line.type:
            case "contact.connected.v1" | "contact.agent_leg_restored.v1":
                handled.add(contact)
                talking.setdefault(contact, line.at)
            case "contact.agent_leg_lost.v1" | "contact.ended.v1":
                work_s += line.at - talking.pop(contact, line.at)
            case "agent.wrap_up_began.v1":
                wrapping[line.fact("agent")] = line.at
            case "agent.wrap_up_ended.v1":
                work_s += line.at - wrapping.pop(line.fact("agent"), line.at)
            case _:
                continue
    return len(handled), work_s

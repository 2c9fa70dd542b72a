"""Ten lines of the engine that matter, and how each could be wrong."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """One line of the engine, broken."""

    name: str
    rule: str
    """What it endangers, as a supervisor would say it."""
    file: str
    """Below src/lianxi/engine."""
    line: str
    """The whole line as it stands there, without its indentation; it must stand there once."""
    instead: str


MUTANTS: tuple[Mutant, ...] = (
    Mutant(
        name="rung-again-at-once",
        rule="ACD-08: who just missed an offer rests before the next one",
        file="at_desk.py",
        line="and not self.is_resting",
        instead="",
    ),
    Mutant(
        name="two-answer",
        rule="ACD-05: the first to answer has the caller, the others stop ringing",
        file="acd/offering.py",
        line="if rival != offer.id:",
        instead="if rival == offer.id:",
    ),
    Mutant(
        name="place-lost",
        rule="ACD-09: an offer that comes to nothing gives the caller the same place back",
        file="acd/offer_changes.py",
        line="stand(state.entries[contact.entry], state)",
        instead="pass",
    ),
    Mutant(
        name="deadline-left-behind",
        rule="ACD-02: a reservation goes with its deadline",
        file="acd/releasing.py",
        line='state.timers.clear(f"offer:{offer_id}")',
        instead="pass",
    ),
    Mutant(
        name="position-rises",
        rule="ACD-28: the announced position never rises",
        file="acd/waiting.py",
        line="position = min(state.position(entry), entry.announced or MOST_SAID + 1)",
        instead="position = state.position(entry)",
    ),
    Mutant(
        name="no-ageing",
        rule="ACD-25: priority is worth a stretch of waiting, not more",
        file="acd/waiting.py",
        line="stood = Instant(start - priority * state.routing.age_worth)",
        instead="stood = Instant(start - priority * 10**10)",
    ),
    Mutant(
        name="one-pair-a-step",
        rule="ACD-23, ACD-50: after no step is an eligible pair left unserved",
        file="core.py",
        line="while state.floor.meeting:",
        instead="for _ in range(1 if state.floor.meeting else 0):",
    ),
    Mutant(
        name="idle-since-ever",
        rule="ACD-27: idle time is counted from the end of after-call work",
        file="acd/releasing.py",
        line="agent.idle_since = at",
        instead="pass",
    ),
    Mutant(
        name="break-forgotten",
        rule="ACD-18: a break asked for during a call is kept for afterwards",
        file="acd/agent_changes.py",
        line="agent.next = event.intent",
        instead="pass",
    ),
    Mutant(
        name="cap-ignored",
        rule="ACD-59: no more lines ahead of agents than the cap on drops has room for",
        file="dialer/dialling.py",
        line="ahead = min(wanted, room, lines - promised)",
        instead="ahead = min(wanted, lines - promised)",
    ),
)

"""Refusals of the switchboard about consulting, conferring and handing over."""

from http import HTTPStatus

from lianxi.kernel.errors import Rejection


class AgentNotFree(Rejection):
    """This colleague is in another call or has no telephone now; choose another."""

    code = "agent_not_free"


class NobodyFree(Rejection):
    """Nobody of this queue is free now; choose another, or hand the contact on to the queue."""

    code = "nobody_free"


class NumberInvalid(Rejection):
    """This cannot be dialled; a number has digits alone, perhaps with a plus sign in front."""

    code = "number_invalid"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class NoWayOut(Rejection):
    """No line leads to this number, or all of them are taken; try again in a while."""

    code = "no_way_out"


class PartiesThere(Rejection):
    """Somebody else is in this conversation or being rung; let them go first."""

    code = "parties_there"


class ConsultOpen(Rejection):
    """Somebody waits on music while you consult; hand over, go back, or talk all together first."""

    code = "consult_open"


class NoConsult(Rejection):
    """You are not consulting anybody in this conversation."""

    code = "no_consult"


class PartyNotThere(Rejection):
    """Whoever you consult has not answered yet; wait for that, or go back."""

    code = "party_not_there"


class PartyUnknown(Rejection):
    """This person is not in the conversation any more."""

    code = "party_unknown"


class ConferenceFull(Rejection):
    """Six people are the most in one conversation, those who are being rung included."""

    code = "conference_full"


class NotInConference(Rejection):
    """Nobody would go on with the customer; hand the contact on, or hang up."""

    code = "not_in_conference"


OF_PARTIES: dict[str, type[Rejection]] = {
    kind.code: kind
    for kind in (
        AgentNotFree, NobodyFree, NumberInvalid, NoWayOut, PartiesThere, ConsultOpen, NoConsult,
        PartyNotThere, PartyUnknown, ConferenceFull, NotInConference,
    )
}  # fmt: skip

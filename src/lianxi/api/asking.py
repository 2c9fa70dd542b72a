"""Routes ask the switchboard through here: refusals become rejections, and what a route's caller
reads next has seen what the route did."""

from lianxi.api.calling_errors import NoChannelFree
from lianxi.api.errors import rejection_of
from lianxi.api.live.hub import Hub
from lianxi.engine.messages.base import Event, Input
from lianxi.engine.messages.routing import AgentSetup
from lianxi.engine.messages.trunks import BlockedWhy, ContactBlocked
from lianxi.http.caller import Caller, Forbidden
from lianxi.http.permissions import Permission
from lianxi.journal.contracts import Outcome
from lianxi.modules.routing.contracts import Asks
from lianxi.modules.routing.errors import AgentNotFound


def _is_blocked(event: Event) -> bool:
    """Whether this says that an agent's call outside found no channel."""
    if not isinstance(event, ContactBlocked):
        return False
    return event.agent is not None and event.why is BlockedWhy.NO_CHANNEL


class Switchboard:
    """The inbox, with the replica beside it.

    Args:
        inbox: the way to the Driver.
        hub: keeps the replica.
    """

    def __init__(self, inbox: Asks, hub: Hub) -> None:
        self._inbox = inbox
        self._hub = hub

    async def ask(self, given: Input, key: str | None = None) -> Outcome:
        """Ask, and wait until the replica shows what followed.

        Args:
            given: what is asked for.
            key: the intention; the same again has no second effect.

        Raises:
            Rejection: one of `api.errors`, by the switchboard's code.
            SwitchboardSilent, DatabaseAway.
        """
        outcome = await self._inbox.ask(given, key)
        if outcome.refused is not None:
            raise rejection_of(outcome.refused)
        if outcome.events:
            await self._hub.reached(outcome.events[-1].position)
        if any(_is_blocked(recorded.event) for recorded in outcome.events):
            raise NoChannelFree
        return outcome

    def own_agent(self, caller: Caller) -> AgentSetup:
        """The agent whose desk the caller may use.

        Raises:
            Forbidden: the caller is linked to no agent.
            AgentNotFound: to one that is not configured any more.
            Starting: the replica does not stand yet.
        """
        if caller.agent is None:
            raise Forbidden(permission=Permission.DESK_USE.value)
        setup = self._hub.centre.setup(caller.agent)
        if setup is None:
            raise AgentNotFound(agent=caller.agent)
        return setup

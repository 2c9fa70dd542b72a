"""One scripted agent: a desk, a desk phone, and a script that says what to do with them."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psycopg
import structlog
from sqlalchemy.exc import DBAPIError

from lianxi.channels.fake.sip.address import Address
from lianxi.channels.fake.sip.call import Script
from lianxi.channels.fake.sip.phone import Answering, ScriptedPhone
from lianxi.channels.fake.sip.timeline import Step
from lianxi.engine.at_desk import Agent
from lianxi.engine.messages.agent_inputs import (
    AgentSignedIn,
    AgentSignedOut,
    AgentStateAsked,
    HangUpAsked,
    HoldAsked,
    ResumeAsked,
    WrapUpFinished,
)
from lianxi.engine.messages.base import Input
from lianxi.engine.messages.values import Activity, DeviceKind, Intent
from lianxi.journal.inbox import Inbox
from lianxi.kernel.errors import Rejection
from lianxi.kernel.ids import AgentId, ContactId, Endpoint, UserId
from lianxi.kernel.time import Instant
from lianxi.modules.identity.desks import Desks
from lianxi.worker.demo.agent_script import BREAK, AgentScript, Move, Seen, Wish
from lianxi.worker.demo.floor import Floor

log = structlog.get_logger(__name__)

AWAY = (Rejection, psycopg.Error, DBAPIError, OSError)
"""The database, the switchboard or a port is not to be had: tried again a little later."""

TRY_AGAIN_S = 1.0
LOOK_AGAIN_S = 5.0
REFRESH_S = 5.0
"""The telephone registers so often: a restarted switch knows it again after that."""

LEFT_OVER_S = 10.0
"""A leg that the switchboard knows nothing of is hung up after so long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """What all scripted agents share."""

    floor: Floor
    inbox: Inbox
    desks: Desks
    server: Address
    """Host and UDP port of the switch."""
    speech: Path
    """What an agent says in a conversation: a wav file."""
    now: Callable[[], Instant]


class DemoAgent:
    """Signs in, works, and signs out in `leave`.

    Args:
        room: what is shared.
        agent: who.
        user: the person whose desk it is.
        script: what is decided.
    """

    def __init__(self, room: Room, agent: AgentId, user: UserId, script: AgentScript) -> None:
        self._room = room
        self.agent = agent
        self.session = f"demo.{agent}"
        self._user = user
        self._script = script
        self._phone: ScriptedPhone | None = None
        self._endpoint: Endpoint | None = None

    @property
    def is_here(self) -> bool:
        """Whether this script holds the desk; a person may have taken it over."""
        found = self._room.floor.agent(self.agent)
        return found is not None and found.session == self.session

    async def run(self) -> None:
        """Work until cancelled."""
        await self._room.floor.is_ready.wait()
        while True:
            try:
                await self._turn()
            except AWAY as error:
                log.info("demo.agent_waits", agent=self.agent, error=repr(error)[:200])
                await asyncio.sleep(TRY_AGAIN_S)  # back-off: what is away tells nobody

    async def _turn(self) -> None:
        floor = self._room.floor
        found = floor.agent(self.agent)
        if found is not None and not self.is_here:
            await self._put_phone_away()
            await floor.news(within_s=None)
            return
        if found is not None and self._phone is None:
            await self._take_phone()
        await self._drop_left_over(found)
        seen = self._seen(found)
        move = self._script.move(seen)
        if self._phone is not None:
            self._phone.answering = self._answering()
        left_s = LOOK_AGAIN_S if move is None else (move.at - self._room.now()) / 1000
        if left_s > 0:
            await floor.news(within_s=min(left_s, LOOK_AGAIN_S))
        elif move is not None:
            await self._make(move, seen)

    def _seen(self, found: Agent | None) -> Seen:
        centre = self._room.floor.centre
        shown = centre.shown(self.agent)
        wrap_up = found.wrap_up if found is not None else None
        queue = centre.state.queue(wrap_up.queue) if wrap_up is not None else None
        return Seen(
            state=shown.state,
            reason=shown.reason,
            since=shown.since,
            contact=found.contact if found is not None else None,
            codes=tuple(each.code for each in queue.dispositions) if queue is not None else (),
            reasons=tuple(reason.code for reason in centre.state.routing.reasons),
        )

    def _answering(self) -> Answering:
        return Answering(
            after_s=self._script.answers_after_s,
            script=Script(say=self._room.speech, says_it_again=True),
        )

    async def _make(self, move: Move, seen: Seen) -> None:
        if move.wish is Wish.SIGN_IN:
            await self._sign_in()
            return
        outcome = await self._room.inbox.ask(self._input(move, seen.contact or ContactId("")))
        if outcome.events:
            await self._room.floor.reached(outcome.events[-1].position)
            return
        if outcome.refused is not None:
            log.info("demo.refused", agent=self.agent, wish=move.wish, why=outcome.refused)
        await self._room.floor.news(within_s=TRY_AGAIN_S)

    def _input(self, move: Move, contact: ContactId) -> Input:
        at, agent = self._room.now(), self.agent
        match move.wish:
            case Wish.HOLD:
                return HoldAsked(at=at, agent=agent, contact=contact)
            case Wish.RESUME:
                return ResumeAsked(at=at, agent=agent, contact=contact)
            case Wish.HANG_UP:
                return HangUpAsked(at=at, agent=agent, contact=contact)
            case Wish.FINISH:
                return WrapUpFinished(
                    at=at,
                    agent=agent,
                    contact=contact,
                    disposition=move.code,
                    then=Intent.NOT_READY if move.takes_break else Intent.READY,
                    reason=BREAK if move.takes_break else "",
                )
            case _:
                return AgentStateAsked(at=at, agent=agent, to=Intent.READY)

    # --- the desk

    async def _sign_in(self) -> None:
        endpoint = await self._take_phone()
        given = AgentSignedIn(
            at=self._room.now(),
            agent=self.agent,
            session=self.session,
            device=DeviceKind.PHONE,
            endpoint=endpoint,
        )
        outcome = await self._room.inbox.ask(given)
        if outcome.refused is not None:
            log.warning("demo.cannot_sign_in", agent=self.agent, why=outcome.refused)
            await self._put_phone_away()
            await asyncio.sleep(LOOK_AGAIN_S)  # back-off: the configuration must change first
        elif outcome.events:
            await self._room.floor.reached(outcome.events[-1].position)

    async def _take_phone(self) -> Endpoint:
        """The telephone of the desk, registered with the password of this sign-in."""
        await self._put_phone_away()
        desk = await self._room.desks.open(
            agent=self.agent,
            user=self._user,
            tab=self.session,
            device=DeviceKind.PHONE,
            key=None,
            at=self._room.now(),
        )
        phone = ScriptedPhone(
            self._room.server,
            desk.endpoint,
            desk.password,
            answering=self._answering(),
            refresh_s=REFRESH_S,
        )
        await phone.start()
        self._phone, self._endpoint = phone, desk.endpoint
        return desk.endpoint

    async def _put_phone_away(self) -> None:
        phone, self._phone = self._phone, None
        if phone is not None:
            await phone.stop()

    async def _drop_left_over(self, found: Agent | None) -> None:
        """A switch that died said no goodbye: end legs that belong to no conversation."""
        if self._phone is None or (found is not None and found.activity is not Activity.IDLE):
            return
        now = asyncio.get_running_loop().time()
        for call in self._phone.calls:
            answered = call.timeline.first(Step.ANSWERED)
            if not call.is_over and answered is not None and now - answered.at > LEFT_OVER_S:
                await call.hang_up()

    async def leave(self) -> None:
        """End what is going on and sign out; the telephone's password expires.

        Raises:
            Rejection: the switchboard or the database does not answer.
        """
        room = self._room
        found = room.floor.agent(self.agent)
        if found is not None and self.is_here:
            if found.activity is Activity.TALKING and found.contact is not None:
                contact = found.contact
                await room.inbox.ask(HangUpAsked(at=room.now(), agent=self.agent, contact=contact))
            await room.inbox.ask(AgentSignedOut(at=room.now(), agent=self.agent))
            if self._endpoint is not None:
                await room.desks.end(self._endpoint, at=room.now())
        await self._put_phone_away()

"""An agent of the drill: a desk over HTTP and a telephone on it."""

import asyncio
from collections.abc import Mapping
from typing import Any

from lianxi.channels.fake.sip.address import Address
from lianxi.channels.fake.sip.call import Call, Script
from lianxi.channels.fake.sip.phone import Answering, IncomingCall, ScriptedPhone
from lianxi.channels.fake.sip.sound import Tone
from lianxi.channels.fake.sip.timeline import Step
from lianxi.drills.voice.customer import Customer
from lianxi.drills.voice.person import Person

TAB = "drill"
REGISTERED_WITHIN_S = 10.0
_LOOK_EVERY_S = 0.1


class Agent:
    """Somebody with a desk phone that says a tone of its own.

    Args:
        person: the session at the web desktop.
        server: host and UDP port of the switch.
        hz: the tone that is said in every call.
    """

    def __init__(self, person: Person, server: Address, hz: int) -> None:
        self.person = person
        self.hz = hz
        self._server = server
        self._phone: ScriptedPhone | None = None
        self._beating: asyncio.Task[None] | None = None

    @property
    def username(self) -> str:
        """User name, which is the agent's id as well."""
        return self.person.username

    @property
    def phone(self) -> ScriptedPhone:
        """The telephone on the desk.

        Raises:
            RuntimeError: the agent has not sat down.
        """
        if self._phone is None:
            raise RuntimeError(f"{self.username} has no telephone yet")
        return self._phone

    @property
    def call(self) -> Call:
        """The newest call of the telephone.

        Raises:
            RuntimeError: there was none.
        """
        if not self.phone.calls:
            raise RuntimeError(f"nobody has called {self.username}")
        return self.phone.calls[-1]

    def answers(self, after_s: float | None = 0.0, *, refuse_with: int | None = None) -> None:
        """What the telephone does from now on when it is called; None = it rings until told."""
        script = Script(say=Tone(self.hz))
        self.phone.answering = Answering(after_s=after_s, refuse_with=refuse_with, script=script)

    async def sit_down(self) -> None:
        """Sign in with a desk phone, register it and be heard; not ready yet."""
        body = {"device": "phone", "session": TAB, "take_over": True}
        await self.person.change("POST", "/api/desk/sign-in", body)
        account = await self.person.change("POST", "/api/desk/phone-account", {})
        self._beating = asyncio.create_task(self.person.beat(TAB))
        self._phone = ScriptedPhone(self._server, account["username"], account["password"])
        self.answers()
        await self._phone.start()
        await self._phone.wait(Step.REGISTERED, timeout_s=REGISTERED_WITHIN_S)

    async def be(self, state: str, reason: str | None = None) -> None:
        """Be `ready`, or `not_ready` with a reason."""
        await self.person.change("POST", "/api/desk/state", {"to": state, "reason": reason})

    async def ask(
        self, what: str, customer: Customer, body: Mapping[str, object] | None = None
    ) -> None:
        """Press a button of the conversation: `hold`, `resume`, `hang-up`, `transfer`, ...

        Raises:
            AskRefused: the server said no.
        """
        path = f"/api/desk/contacts/{customer.contact}/{what}"
        await self.person.change("POST", path, dict(body) if body is not None else {})

    async def finish_wrap_up(self, customer: Customer, code: str = "other") -> None:
        """Choose a code and end the after-call work."""
        body = {"contact": customer.contact, "disposition": code, "note": "", "then": None}
        await self.person.change("POST", "/api/desk/wrap-up/finish", body)

    async def next_call(self, *, after: int = 0, within_s: float = 10.0) -> IncomingCall:
        """The first call offered after `after` others.

        Raises:
            StepNeverCame: none came in time.
        """
        return await self.phone.next_call(after=after, timeout_s=within_s)

    @property
    def offered(self) -> int:
        """How often the telephone rang so far."""
        return len(self.phone.timeline.every(Step.OFFERED))

    async def hang_up_all(self) -> None:
        """End the calls of the telephone."""
        for call in list(self.phone.calls):
            if not call.is_over:
                await call.hang_up()

    async def desk(self) -> Any:
        """Everything the desk shows."""
        return await self.person.get("/api/desk")

    async def is_in_state(self, state: str, *, within_s: float = 3.0) -> bool:
        """Whether the desk shows a state before time is up."""
        loop = asyncio.get_running_loop()
        end = loop.time() + within_s
        while (await self.desk())["state"] != state:
            if loop.time() > end:
                return False
            # poll: the desk is looked at as a page that is loaded anew
            await asyncio.sleep(_LOOK_EVERY_S)
        return True

    async def forget(self) -> None:
        """Close what is open here, whatever the server thinks."""
        if self._beating is not None:
            self._beating.cancel()
            await asyncio.gather(self._beating, return_exceptions=True)
        if self._phone is not None:
            await self._phone.stop()
            self._phone = None

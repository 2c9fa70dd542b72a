"""What scripted callers and phones share: a UDP port, the calls on it, who gets which request."""

import asyncio
from collections.abc import Callable

from lianxi.channels.fake.sip.address import Address, parse_name_address
from lianxi.channels.fake.sip.call import Call
from lianxi.channels.fake.sip.dialog import ALLOW, new_tag
from lianxi.channels.fake.sip.message import response_to
from lianxi.channels.fake.sip.transaction import ServerTransaction
from lianxi.channels.fake.sip.wire import Wire


class Line:
    """The calls that run over one UDP port."""

    def __init__(self, wire: Wire) -> None:
        self.wire = wire
        self.on_invite: Callable[[ServerTransaction], None] | None = None
        """Given every INVITE that begins a call; without it they are refused with 480."""

        self._calls: dict[str, Call] = {}
        wire.on_request = self._take

    @property
    def calls(self) -> list[Call]:
        """The calls that are not over."""
        return list(self._calls.values())

    def contact(self, user: str) -> str:
        """Our Contact value."""
        host, port = self.wire.address
        return f"<sip:{user}@{host}:{port}>"

    def carry(self, call: Call) -> None:
        """Hand requests of this call to it until it is over."""
        self._calls[call.call_id] = call

        def forget() -> None:
            self._calls.pop(call.call_id, None)

        call.on_over = forget

    async def hang_up_all(self) -> None:
        """Hang up every call; who does not agree in a few seconds is not waited for."""
        ends = [asyncio.ensure_future(call.hang_up()) for call in self.calls]
        if ends:
            _, late = await asyncio.wait(ends, timeout=self.wire.timers.short_wait)
            for end in late:
                end.cancel()

    def close(self) -> None:
        """Drop all calls without a word and give the port back."""
        for call in self.calls:
            call.vanish()
        self.wire.close()

    def _take(self, transaction: ServerTransaction) -> None:
        request = transaction.request
        call = self._calls.get(request.headers.get("Call-ID"))
        is_inside = parse_name_address(request.headers.get("To")).tag != ""
        if request.method == "CANCEL":
            invite = self.wire.invite_of(request)
            transaction.refuse(200 if invite is not None else 481, tag=new_tag())
            if invite is not None:
                invite.is_cancelled = True
            if invite is not None and call is not None:
                call.cancelled_by_them()
        elif call is not None and is_inside:
            call.take(transaction)
        elif is_inside:
            transaction.refuse(481)
        elif request.method == "INVITE" and self.on_invite is not None and call is None:
            self.on_invite(transaction)
        elif request.method == "OPTIONS":
            answer = response_to(request, 200, tag=new_tag())
            answer.headers.add("Allow", ALLOW)
            transaction.respond(answer)
        else:
            transaction.refuse(480 if request.method == "INVITE" else 200, tag=new_tag())


def uri_of(user: str, server: Address) -> str:
    """The address of a user at a server."""
    return f"sip:{user}@{server[0]}:{server[1]}"

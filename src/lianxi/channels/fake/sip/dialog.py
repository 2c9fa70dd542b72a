"""A SIP dialog: what both sides agreed to call each other (RFC 3261 section 12).

Requests inside a dialog go to the address the other side last wrote from (the server in front
of it, when there is one), with the route set and the remote target it asked for.
"""

import secrets

from lianxi.channels.fake.sip.address import Address, parse_name_address, with_tag
from lianxi.channels.fake.sip.message import Headers, Request, Response

ALLOW = "INVITE, ACK, CANCEL, BYE, OPTIONS, INFO, UPDATE, NOTIFY, MESSAGE"


def new_tag() -> str:
    """A fresh tag for From or To."""
    return secrets.token_hex(6)


class Dialog:
    """The state of one dialog, early or confirmed."""

    def __init__(
        self, *, call_id: str, local: str, remote: str, target: str, peer: Address, contact: str
    ) -> None:
        self.call_id = call_id
        self.local = local
        """Our From value in requests, with our tag."""

        self.remote = remote
        """Their name in our requests, with their tag once it is known."""

        self.target = target
        """The URI our requests are sent for: their Contact."""

        self.peer = peer
        self.contact = contact
        self.routes: list[str] = []
        self._number = 0

    @classmethod
    def started_by_us(cls, *, caller: str, callee: str, peer: Address, contact: str) -> "Dialog":
        """The beginning of an outgoing call.

        Args:
            caller: our From value without tag.
            callee: the URI that is called.
            peer: where the request goes.
            contact: our Contact value.
        """
        return cls(
            call_id=secrets.token_hex(12),
            local=with_tag(caller, new_tag()),
            remote=f"<{callee}>",
            target=callee,
            peer=peer,
            contact=contact,
        )

    @classmethod
    def started_by_them(cls, invite: Request, *, peer: Address, contact: str) -> "Dialog":
        """The beginning of an incoming call."""
        dialog = cls(
            call_id=invite.headers.get("Call-ID"),
            local=with_tag(invite.headers.get("To"), new_tag()),
            remote=invite.headers.get("From"),
            target=parse_name_address(invite.headers.get("Contact")).uri,
            peer=peer,
            contact=contact,
        )
        dialog.routes = invite.headers.every("Record-Route")
        return dialog

    @property
    def local_tag(self) -> str:
        """Our tag."""
        return parse_name_address(self.local).tag

    def request(self, method: str) -> Request:
        """The next request of ours in this dialog, without Via."""
        self._number += 1
        return self._request(method, self._number)

    def acknowledgement(self, invite: Request) -> Request:
        """The ACK of the 2xx that answered `invite`."""
        return self._request("ACK", int(invite.headers.get("CSeq").split()[0]))

    def _request(self, method: str, number: int) -> Request:
        headers = Headers(
            [
                ("Max-Forwards", "70"),
                ("From", self.local),
                ("To", self.remote),
                ("Call-ID", self.call_id),
                ("CSeq", f"{number} {method}"),
            ]
        )
        for route in self.routes:
            headers.add("Route", route)
        if method in {"INVITE", "UPDATE"}:
            headers.add("Contact", self.contact)
            headers.add("Allow", ALLOW)
        return Request(method=method, uri=self.target, headers=headers)

    def confirm(self, response: Response) -> None:
        """Take over tag, target and route set from the answer to our INVITE."""
        self.remote = response.headers.get("To")
        contact = response.headers.get("Contact")
        if contact:
            self.target = parse_name_address(contact).uri
        self.routes = list(reversed(response.headers.every("Record-Route")))

    def retarget(self, request: Request) -> None:
        """Take over a new Contact from a re-INVITE or UPDATE of theirs."""
        contact = request.headers.get("Contact")
        if contact:
            self.target = parse_name_address(contact).uri

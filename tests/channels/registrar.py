"""A registrar in miniature: challenges every REGISTER and INVITE, checks the digest, connects."""

from lianxi.channels.fake.sip.address import Address, parse_name_address
from lianxi.channels.fake.sip.digest import Credentials, parse_pairs, response_digest
from lianxi.channels.fake.sip.message import Request, response_to
from lianxi.channels.fake.sip.transaction import ServerTransaction, Timers
from lianxi.channels.fake.sip.wire import Wire, open_wire

QUICK = Timers(t1=0.05, t2=0.2)


class Registrar:
    """Accepts the phones it knows the password of."""

    def __init__(self, wire: Wire, *accounts: Credentials) -> None:
        self.bindings: dict[str, str] = {}
        self.challenges = 0
        self.refuses_with: int | None = None
        self._wire = wire
        self._accounts = {account.username: account for account in accounts}
        wire.on_request = self._take

    @property
    def address(self) -> Address:
        return self._wire.address

    def close(self) -> None:
        self._wire.close()

    def _take(self, transaction: ServerTransaction) -> None:
        request = transaction.request
        if self.refuses_with is not None:
            transaction.refuse(self.refuses_with, tag="r")
        elif not self._is_signed(request):
            self.challenges += 1
            answer = response_to(request, 401, tag="r")
            answer.headers.add(
                "WWW-Authenticate",
                'Digest realm="lianxi", nonce="n1", qop="auth", algorithm=MD5, opaque="o"',
            )
            transaction.respond(answer)
        elif request.method == "REGISTER":
            user = parse_name_address(request.headers.get("To")).user
            if request.headers.get("Expires") == "0":
                self.bindings.pop(user, None)
            else:
                self.bindings[user] = request.headers.get("Contact")
            answer = response_to(request, 200, tag="r")
            answer.headers.add("Contact", request.headers.get("Contact") + ";expires=60")
            transaction.respond(answer)
        else:
            transaction.refuse(486, tag="r")

    def _is_signed(self, request: Request) -> bool:
        pairs = parse_pairs(request.headers.get("Authorization"))
        account = self._accounts.get(pairs.get("username", ""))
        if account is None or "response" not in pairs:
            return False
        return pairs["response"] == response_digest(account, request.method, pairs["uri"], pairs)


async def open_registrar(*accounts: Credentials, port: int = 0) -> Registrar:
    wire = await open_wire("127.0.0.1", local_port=port, timers=QUICK)
    return Registrar(wire, *accounts)

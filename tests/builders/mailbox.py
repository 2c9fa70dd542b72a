"""A mail server of one's own: it keeps what it is given, and refuses what it is told to."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from types import SimpleNamespace

from aiosmtpd.smtp import SMTP, Envelope, Session

from lianxi.office.mail.contracts import MailServer
from lianxi.settings import MailSecurity


@dataclass
class Mailbox:
    """What came in, and what is refused."""

    port: int = 0
    letters: list[EmailMessage] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    """By address: the answer to it, e.g. `550 no such user`."""
    came: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when a letter came in."""

    @property
    def server(self) -> MailServer:
        """Where the product finds it."""
        return MailServer(
            host="127.0.0.1",
            port=self.port,
            security=MailSecurity.NONE,
            sender="reports@example.com",
        )

    def to(self, address: str) -> list[EmailMessage]:
        """The letters to an address."""
        return [letter for letter in self.letters if letter["To"] == address]

    async def take(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take a recipient, or not."""
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def keep(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Keep a letter."""
        assert isinstance(envelope.content, bytes)
        letter = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(letter, EmailMessage)
        self.letters.append(letter)
        self.came.set()
        return "250 OK"


def attached(letter: EmailMessage) -> tuple[str, bytes]:
    """Name and content of the file that a letter carries."""
    (part,) = letter.iter_attachments()
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    return part.get_filename() or "", content


@asynccontextmanager
async def a_mail_server() -> AsyncIterator[Mailbox]:
    """A server on a free port of this machine, in the loop of the test."""
    box = Mailbox()
    answers = SimpleNamespace(handle_RCPT=box.take, handle_DATA=box.keep)
    serving = await asyncio.get_running_loop().create_server(
        lambda: SMTP(answers, hostname="localhost"), "127.0.0.1", 0
    )
    box.port = serving.sockets[0].getsockname()[1]
    try:
        yield box
    finally:
        serving.close()
        await serving.wait_closed()

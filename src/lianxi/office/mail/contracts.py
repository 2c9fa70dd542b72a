"""What others may hold of mail."""

from dataclasses import dataclass, field

from lianxi.kernel.errors import ChannelFault
from lianxi.settings import MailSecurity


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """Where mail is handed in."""

    host: str
    port: int
    security: MailSecurity
    sender: str
    user: str | None = None
    password: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file of a letter."""

    name: str
    media: str
    """Media type, as in `text/csv; charset=utf-8`."""
    content: bytes


class MailFault(ChannelFault):
    """A letter was not taken.

    Args:
        what: what the server said, or why it could not be reached.
        temporary: worth another try.
        is_address: it is this address that is refused; others may be taken.
    """

    def __init__(self, what: str, *, temporary: bool, is_address: bool = False) -> None:
        self.is_address = is_address
        super().__init__(what, temporary=temporary)

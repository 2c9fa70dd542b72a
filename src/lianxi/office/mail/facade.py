"""What others may ask of mail."""

from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid

import aiosmtplib

from lianxi.kernel.time import Instant
from lianxi.office.mail.contracts import Attachment, MailFault, MailServer
from lianxi.settings import MailSecurity, Settings

WITHIN_S = 30.0
"""For each step of the conversation with the server."""


def server_of(settings: Settings) -> MailServer | None:
    """The mail server of the settings; None = there is none."""
    if settings.smtp_host is None:
        return None
    password = settings.smtp_password
    return MailServer(
        host=settings.smtp_host,
        port=settings.smtp_port,
        security=settings.smtp_security,
        sender=settings.smtp_from,
        user=settings.smtp_user,
        password=None if password is None else password.get_secret_value(),
    )


def letter(
    *,
    sender: str,
    to: str,
    subject: str,
    text: str,
    attachment: Attachment | None = None,
    key: str,
    at: Instant,
) -> EmailMessage:
    """A letter, with one file or none.

    Args:
        key: tells letters apart; the same letter sent twice has the same Message-ID.
    """
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = sender, to, subject
    made["Date"] = format_datetime(datetime.fromtimestamp(at / 1000, tz=UTC))
    domain = sender.rpartition("@")[2]
    made["Message-ID"] = f"<{key}@{domain}>" if key else make_msgid(domain=domain)
    # No answering machine answers it (RFC 3834).
    made["Auto-Submitted"] = "auto-generated"
    made.set_content(text)
    if attachment is None:
        return made
    main, _, sub = attachment.media.partition(";")[0].partition("/")
    made.add_attachment(attachment.content, maintype=main, subtype=sub, filename=attachment.name)
    return made


async def send(server: MailServer, message: EmailMessage) -> None:
    """Hand in a letter.

    Raises:
        MailFault: it was not taken.
    """
    try:
        await aiosmtplib.send(
            message,
            hostname=server.host,
            port=server.port,
            username=server.user,
            password=server.password,
            use_tls=server.security is MailSecurity.TLS,
            start_tls=server.security is MailSecurity.STARTTLS,
            timeout=WITHIN_S,
            # Not the machine's own name: it is nobody's business, and asking for it may take long.
            local_hostname=server.sender.rpartition("@")[2],
        )
    except aiosmtplib.SMTPRecipientsRefused as refused:
        first = refused.recipients[0]
        raise MailFault(
            f"{first.code} {first.message}", temporary=_passes(first.code), is_address=True
        ) from refused
    except aiosmtplib.SMTPResponseException as refused:
        raise MailFault(
            f"{refused.code} {refused.message}", temporary=_passes(refused.code)
        ) from refused
    except (aiosmtplib.SMTPException, OSError) as fault:
        raise MailFault(f"{server.host}:{server.port}: {fault}", temporary=True) from fault


def _passes(code: int) -> bool:
    """4xx: not now (RFC 5321, 4.2.1)."""
    return 400 <= code < 500

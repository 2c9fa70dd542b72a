"""Letters as messages of the outbox."""

from dataclasses import dataclass

from lianxi.office.outbox.contracts import Message

MAIL = "mail"
SMS = "sms"
"""The topics."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """Words for somebody outside the product. Consent and do-not-call are the writer's business."""

    to: str
    """An e-mail address, or a number in its normal form."""
    text: str
    subject: str
    """What it is about, as `kind:id`."""
    key: str = ""
    """Written once: a second letter with the same key is the same letter. Empty = never the
    same."""
    notice: str = ""
    """For a customer: what of the matter is told, e.g. `customer.completed`; what becomes of the
    letter is then written into the story of the matter."""


def mail(letter: Letter, *, title: str) -> Message:
    """A letter by e-mail.

    Args:
        letter: to whom, and the words.
        title: the subject line.
    """
    return Message(
        topic=MAIL,
        subject=letter.subject,
        key=letter.key and f"mail {letter.key}",
        body={
            "to": letter.to, "title": title, "text": letter.text, "notice": letter.notice,
        },
    )  # fmt: skip


def sms(letter: Letter) -> Message:
    """A letter by short message."""
    return Message(
        topic=SMS,
        subject=letter.subject,
        key=letter.key and f"sms {letter.key}",
        body={"to": letter.to, "text": letter.text, "notice": letter.notice},
    )

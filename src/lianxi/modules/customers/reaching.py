"""Where letters to a customer go. Pure."""

from lianxi.modules.customers import rules
from lianxi.modules.customers.contracts import Customer

BY_MAIL = ("email", "mail", "e-mail")
"""Kinds of identity that are an e-mail address."""


def mail_address(customer: Customer | None) -> str:
    """The first e-mail address; empty = none is known."""
    known = customer.profile.identities if customer else ()
    found = (one.value for one in known if one.kind.lower() in BY_MAIL and "@" in one.value)
    return next(found, "")


def sms_number(customer: Customer | None, written: str = "") -> str:
    """The number for short messages: the one that was written, however it is, else the first of
    the customer; empty = none takes them."""
    known = [one.number for one in customer.numbers] if customer else []
    numbers = [rules.normal(written), *known] if written else known
    return next((number for number in numbers if rules.takes_sms(number)), "")

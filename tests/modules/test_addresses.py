"""A person's e-mail address: set by an administrator, one address and nothing else."""

import pytest
from pydantic import ValidationError

from lianxi.modules.identity.router import UserChange

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    "address", ["", "lead@example.com", "a.b+c@mail.example.com", "x@mailhost"]
)
def test_an_address_or_none_is_taken(address: str) -> None:
    assert UserChange(email=address).email == address


@pytest.mark.parametrize(
    "address",
    [
        "lead",
        "lead@example.com, other@example.com",
        "lead@example.com\nBcc: x@example.com",
        "<lead@example.com>",
        "lead@",
        "lead@example..com",
        ".lead@example.com",
        "lead@-example.com",
        "lead@example.com.",
        f"{'a' * 250}@example.com",
    ],
)
def test_anything_else_is_refused(address: str) -> None:
    with pytest.raises(ValidationError):
        UserChange(email=address)

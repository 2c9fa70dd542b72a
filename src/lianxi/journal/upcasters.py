"""How lines written by earlier versions are read today: one function per retired wire name."""

from collections.abc import Callable

Payload = dict[str, object]

UPCASTERS: dict[str, Callable[[Payload], tuple[str, Payload]]] = {}
"""By retired name: returns the next name and the payload in its shape."""


def lift(name: str, payload: Payload) -> tuple[str, Payload]:
    """Follow the upcasters until the name is current."""
    while (upcaster := UPCASTERS.get(name)) is not None:
        name, payload = upcaster(payload)
    return name, payload

"""What the customers module asks of others."""

from typing import Protocol


class HashesCodes(Protocol):
    """Hashes that take their time, so that a stolen table is of no use."""

    async def hash(self, password: str) -> str:
        """What may be stored."""
        ...

    async def verify(self, stored: str | None, password: str) -> bool:
        """Whether it is right; without a stored hash the same time is taken."""
        ...

"""Password hashes: Argon2id with 19 MiB, two passes, one lane (OWASP Password Storage, 2024)."""

import asyncio
from collections.abc import Sequence

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_HASHER = PasswordHasher(memory_cost=19 * 1024, time_cost=2, parallelism=1)

_AT_ONCE = 2
"""Each verification takes 19 MiB and some 60 ms of a core: more at once would starve the calls."""


_FOR_DRAWN = PasswordHasher(memory_cost=1024, time_cost=1, parallelism=1)
"""For passwords that chance made, some 70 bits each: nobody guesses them, whatever a try costs. A
list of two thousand people would take minutes otherwise. The first sign-in hashes anew."""


class Passwords:
    """Hashes and verifies in threads, a few at a time.

    Args:
        hasher: tests bring one that takes no time.
    """

    def __init__(self, hasher: PasswordHasher = _HASHER) -> None:
        self.turn = asyncio.Semaphore(_AT_ONCE)
        self._hasher = hasher
        self._decoy = hasher.hash("nobody's password")

    async def hash(self, password: str) -> str:
        """The hash to be stored, with its salt and parameters."""
        return await asyncio.to_thread(self._hasher.hash, password)

    async def hash_drawn(self, drawn: Sequence[str]) -> list[str]:
        """Hashes of passwords that `rules.draw_password` made, and of no others."""
        return await asyncio.to_thread(lambda: [_FOR_DRAWN.hash(each) for each in drawn])

    async def verify(self, stored: str | None, password: str) -> bool:
        """Whether the password is right.

        Without a stored hash (no such user) the same work is done for nothing, so that the time
        taken does not tell which user names exist.
        """
        right = await asyncio.to_thread(self._verify, stored or self._decoy, password)
        return right and stored is not None

    def is_outdated(self, stored: str) -> bool:
        """Whether the hash was made with other parameters than today's."""
        return self._hasher.check_needs_rehash(stored)

    def _verify(self, stored: str, password: str) -> bool:
        try:
            return self._hasher.verify(stored, password)
        except (VerificationError, InvalidHashError):
            return False

"""Secrets that must be readable again (SIP passwords) lie in the database under AES-256-GCM."""

import secrets

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_KEY_BYTES = 32
_NONCE_BYTES = 12
_VERSION = b"\x01"
"""Names the key; a second key gets the next number, so that both can be read."""


class Vault:
    """Seals and opens short secrets. What a secret belongs to is part of its seal.

    Args:
        key: 32 bytes from the centre's secrets file.
    """

    def __init__(self, key: bytes) -> None:
        if len(key) != _KEY_BYTES:
            raise ValueError("the vault's key is 32 bytes")
        self._cipher = AESGCM(key)

    @staticmethod
    def draw_key() -> bytes:
        """A new key, to be kept in the centre's secrets file."""
        return secrets.token_bytes(_KEY_BYTES)

    def seal(self, secret: str, *, owner: str) -> bytes:
        """The secret as it may be stored."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return _VERSION + nonce + self._cipher.encrypt(nonce, secret.encode(), owner.encode())

    def open(self, sealed: bytes, *, owner: str) -> str:
        """The secret again.

        Raises:
            cryptography.exceptions.InvalidTag: another key, another owner, or altered bytes.
        """
        nonce, body = sealed[1 : 1 + _NONCE_BYTES], sealed[1 + _NONCE_BYTES :]
        return self._cipher.decrypt(nonce, body, owner.encode()).decode()

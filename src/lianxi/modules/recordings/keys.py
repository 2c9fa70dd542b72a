"""The keys under which the keys of recordings lie. One small file outside the centre's home: who
has a copy of the home, a stolen disk or a backup, hears nothing."""

import base64
import contextlib
import json
import os
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from lianxi.modules.recordings.sealing import KEY_BYTES, SealBroken

NONCE_BYTES = 12


class KeysMissing(OSError):
    """There are sealed recordings, but no key file. A new one would not open them."""


class Keyring:
    """Seals and opens keys of recordings; the newest key seals, all of them open.

    Args:
        keys: 32 bytes each, by name.
        newest: the name of the one that seals.
    """

    def __init__(self, keys: dict[str, bytes], newest: str) -> None:
        self._keys = keys
        self.newest = newest

    @classmethod
    def load(cls, path: Path, *, may_make: bool = False) -> "Keyring":
        """Read the key file.

        Args:
            path: of the file.
            may_make: when there is none, make one. Only while nothing is sealed yet.

        Raises:
            KeysMissing: there is none, and none may be made.
            OSError: it cannot be read or made.
            ValueError: it is no key file.
        """
        if not path.exists():
            if not may_make:
                raise KeysMissing(f"the key file of recordings is missing: {path}")
            _make(path)
        told = json.loads(path.read_text())
        try:
            keys = {name: base64.b64decode(key) for name, key in told["keys"].items()}
            newest = told["newest"]
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"{path} is no key file") from error
        if newest not in keys or any(len(key) != KEY_BYTES for key in keys.values()):
            raise ValueError(f"{path} is no key file")
        return cls(keys, newest)

    def seal(self, key: bytes, *, owner: str) -> bytes:
        """A recording's key as it may be stored."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        return nonce + AESGCM(self._keys[self.newest]).encrypt(nonce, key, owner.encode())

    def open(self, sealed: bytes, *, owner: str, by: str) -> bytes:
        """A recording's key again.

        Raises:
            SealBroken: another key, another owner, or altered bytes.
        """
        cipher = self._keys.get(by)
        if cipher is None:
            raise SealBroken(f"there is no key named {by}")
        try:
            return AESGCM(cipher).decrypt(
                sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], owner.encode()
            )
        except InvalidTag as error:
            raise SealBroken(owner) from error


def _make(path: Path) -> None:
    """Two processes may come here at once: the first file stands."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    key = base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()
    told = {"newest": "k1", "keys": {"k1": key}}
    new = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w") as stream:
            json.dump(told, stream, indent=1)
            stream.flush()
            os.fsync(stream.fileno())
        with contextlib.suppress(FileExistsError):  # another process was first
            os.link(new, path)
    finally:
        new.unlink(missing_ok=True)

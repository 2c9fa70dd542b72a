"""Passwords that parts use among themselves: made once, kept in one file for its owner only."""

import json
import os
import secrets
from dataclasses import asdict, dataclass, fields
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Secrets:
    """What `secrets.json` of a home holds."""

    ari_password: str
    """For the ARI user of Asterisk."""

    cookie_secret: str
    """Signs what browsers keep."""

    vault_key: str
    """32 bytes, URL-safe base64: seals the secrets that lie in the database."""


def load_or_make_secrets(path: Path) -> Secrets:
    """Read the file; make it, or what it lacks, with fresh random values.

    Raises:
        OSError: the file cannot be read or written.
        ValueError: it is not JSON.
    """
    known: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}
    names = [field.name for field in fields(Secrets)]
    found = Secrets(**{name: known.get(name) or secrets.token_urlsafe(32) for name in names})
    wanted = {**known, **asdict(found)}
    if wanted != known:
        new = path.with_name(path.name + ".new")
        new.unlink(missing_ok=True)
        descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as stream:
            json.dump(wanted, stream, indent=1)
        new.replace(path)
    return found

"""Digest authentication of SIP requests (RFC 2617, RFC 7616): MD5 and SHA-256, qop auth."""

import hashlib
import re
import secrets
from dataclasses import dataclass

from lianxi.channels.fake.sip.message import Response

_HASHES = {"MD5": hashlib.md5, "SHA-256": hashlib.sha256}
_PAIR = re.compile(r'(\w+)\s*=\s*(?:"([^"]*)"|([^\s,]+))')


@dataclass(frozen=True, slots=True)
class Credentials:
    """The name and the password a phone signs its requests with."""

    username: str
    password: str


def parse_pairs(header: str) -> dict[str, str]:
    """The name="value" pairs of a challenge or an answer, names in lower case."""
    return {
        name.lower(): quoted if quoted else plain for name, quoted, plain in _PAIR.findall(header)
    }


def pick_challenge(challenges: list[str]) -> dict[str, str] | None:
    """The first challenge with an algorithm we know, None when there is none."""
    for challenge in challenges:
        pairs = parse_pairs(challenge)
        if pairs.get("algorithm", "MD5").upper() in _HASHES:
            return pairs
    return None


def challenge_in(response: Response) -> tuple[str, dict[str, str]] | None:
    """What a 401 or 407 asks for: the header our answer goes into, and the challenge."""
    if response.status not in {401, 407}:
        return None
    asked, answered = (
        ("WWW-Authenticate", "Authorization")
        if response.status == 401
        else ("Proxy-Authenticate", "Proxy-Authorization")
    )
    challenge = pick_challenge(response.headers.unsplit(asked))
    return (answered, challenge) if challenge is not None else None


def response_digest(credentials: Credentials, method: str, uri: str, pairs: dict[str, str]) -> str:
    """The `response` value for what `pairs` says (realm, nonce and, with qop, nc and cnonce)."""
    make = _HASHES[pairs.get("algorithm", "MD5").upper()]

    def hashed(text: str) -> str:
        return make(text.encode()).hexdigest()

    secret = hashed(f"{credentials.username}:{pairs['realm']}:{credentials.password}")
    what = hashed(f"{method}:{uri}")
    if "qop" in pairs:
        middle = f"{pairs['nonce']}:{pairs['nc']}:{pairs['cnonce']}:{pairs['qop']}"
    else:
        middle = pairs["nonce"]
    return hashed(f"{secret}:{middle}:{what}")


def authorization(
    credentials: Credentials, method: str, uri: str, challenge: dict[str, str]
) -> str:
    """The Authorization value that answers `challenge` for one request."""
    pairs = {
        "username": credentials.username,
        "realm": challenge.get("realm", ""),
        "nonce": challenge.get("nonce", ""),
        "uri": uri,
        "algorithm": challenge.get("algorithm", "MD5"),
    }
    if "auth" in [word.strip() for word in challenge.get("qop", "").split(",")]:
        pairs |= {"qop": "auth", "nc": "00000001", "cnonce": secrets.token_hex(8)}
    pairs["response"] = response_digest(credentials, method, uri, pairs)
    if "opaque" in challenge:
        pairs["opaque"] = challenge["opaque"]
    bare = {"algorithm", "qop", "nc"}
    return "Digest " + ", ".join(
        f"{name}={value}" if name in bare else f'{name}="{value}"' for name, value in pairs.items()
    )

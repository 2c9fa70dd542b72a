"""Posts one message: signed, to the address that was checked, without following redirects."""

import asyncio
import time
from dataclasses import dataclass

import httpx2

from lianxi.modules.connectors import facade as connectors
from lianxi.modules.connectors.contracts import Unreachable
from lianxi.modules.webhooks import rules
from lianxi.modules.webhooks.contracts import Delivery, Webhook

WITHIN_S = 10.0
"""A receiver that needs longer should take the message and work on it afterwards."""
PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What became of a try."""

    status: int | None
    error: str | None
    """None: it was taken."""
    took_ms: int


async def post(webhook: Webhook, delivery: Delivery, secret: str, *, timestamp_s: int) -> Answer:
    """Post it once.

    Args:
        webhook: to whom.
        delivery: what.
        secret: it is signed with.
        timestamp_s: of the signature, seconds since 1970.
    """
    began = time.monotonic()
    status, error = None, None
    try:
        async with asyncio.timeout(WITHIN_S):
            status = await _status(webhook, delivery, secret, timestamp_s)
    except Unreachable as unreachable:
        error = unreachable.cause
    except TimeoutError:
        error = "too_slow"
    except (httpx2.HTTPError, OSError):
        error = "unreachable"
    if status is not None and not 200 <= status < 300:
        error = "redirected" if 300 <= status < 400 else "refused"
    return Answer(status=status, error=error, took_ms=round((time.monotonic() - began) * 1000))


async def _status(webhook: Webhook, delivery: Delivery, secret: str, timestamp_s: int) -> int:
    url = httpx2.URL(webhook.url)
    checked = await connectors.checked_address(
        url.host, url.port or PORTS[url.scheme], is_internal=webhook.is_internal
    )
    shown = url.host if url.port is None else f"{url.host}:{url.port}"
    async with httpx2.AsyncClient(trust_env=False, follow_redirects=False, timeout=None) as client:
        request = client.build_request(
            "POST",
            url.copy_with(host=checked),
            headers={
                "Content-Type": "application/json; charset=utf-8",
                "User-Agent": "Lianxi-Webhook/1",
                "Lianxi-Event": delivery.kind.value,
                "Lianxi-Delivery": str(delivery.id),
                "Lianxi-Timestamp": str(timestamp_s),
                "Lianxi-Signature": rules.signature(secret, timestamp_s, delivery.body),
                "Host": shown,
            },
            content=delivery.body.encode(),
            extensions={"sni_hostname": url.host},
        )
        # What it answers is of no interest, so it is not read.
        answer = await client.send(request, stream=True)
        await answer.aclose()
        return answer.status_code

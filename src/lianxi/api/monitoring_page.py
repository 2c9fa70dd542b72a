"""Live figures for the operator's monitoring, in the words of Prometheus.

Scrapers have no session: they show the token that the operator set. The figures are the registry's
own of today, and what is counted right now on the floor.
"""

import asyncio
import secrets
import time
from http import HTTPStatus
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Header
from fastapi.responses import Response
from prometheus_client import CollectorRegistry, Gauge, generate_latest

from lianxi.api.live.hub import Hub
from lianxi.http.caller import public
from lianxi.http.deps import Now, Sessions, provided
from lianxi.http.errors import refusals
from lianxi.kernel.errors import Rejection
from lianxi.kernel.ids import QueueId
from lianxi.projections.live.boards import waiting_lines
from lianxi.projections.live.centre import Centre
from lianxi.reports.figures import Figures, board
from lianxi.settings import Settings

router = APIRouter(tags=["system"])

Setup = Annotated[Settings, provided(Settings)]
Zone = Annotated[ZoneInfo, provided(ZoneInfo)]
HubPart = Annotated[Hub, provided(Hub)]

FRESH_S = 5.0
"""Two scrapers cost what one costs."""

MEDIA = "text/plain; version=0.0.4; charset=utf-8"
CENTRE = ""


class MonitoringOff(Rejection):
    """Nobody may read the figures for monitoring yet; set LIANXI_MONITORING_TOKEN and restart."""

    code = "monitoring_off"
    status = HTTPStatus.NOT_FOUND


class MonitoringTokenWrong(Rejection):
    """The token for monitoring is missing or another one; send it as `Authorization: Bearer …`."""

    code = "monitoring_token_wrong"
    status = HTTPStatus.UNAUTHORIZED


class Page:
    """The page as it was last computed."""

    def __init__(self) -> None:
        self._lock = asyncio.Lock()
        self._until = 0.0
        self._body = b""

    async def body(self, hub: Hub, sessions: Sessions, zone: ZoneInfo, now: Now) -> bytes:
        """The page, computed anew when it is not fresh."""
        async with self._lock:
            if time.monotonic() >= self._until:
                queues = [queue.id for queue in hub.centre.state.routing.queues]
                async with sessions() as session:
                    found = await board(session, queues, now=now, zone=zone)
                self._body = written(found, hub.centre)
                self._until = time.monotonic() + FRESH_S
            return self._body


@router.get(
    "/monitoring",
    operation_id="read_monitoring",
    dependencies=[public()],
    response_class=Response,
    responses={
        200: {"content": {"text/plain": {}}, "description": "Figures, one a line."},
        **refusals(MonitoringOff, MonitoringTokenWrong),
    },
)
async def read_monitoring(
    setup: Setup,
    hub: HubPart,
    sessions: Sessions,
    zone: Zone,
    now: Now,
    page: Annotated[Page, provided(Page)],
    authorization: Annotated[str, Header(max_length=500)] = "",
) -> Response:
    """Today's figures and the floor right now, for Prometheus."""
    if setup.monitoring_token is None:
        raise MonitoringOff
    wanted = f"Bearer {setup.monitoring_token.get_secret_value()}"
    if not secrets.compare_digest(authorization.encode(), wanted.encode()):
        raise MonitoringTokenWrong
    return Response(await page.body(hub, sessions, zone, now), media_type=MEDIA)


def written(found: dict[QueueId | None, Figures], centre: Centre) -> bytes:
    """Figures and counts in the text format; a queue that is empty means the whole centre."""
    registry = CollectorRegistry()
    figure = Gauge(
        "lianxi_figure",
        "Figures of today so far. Ratios are 0 to 1, times are seconds.",
        ["metric", "formula", "queue"],
        registry=registry,
    )
    residual = Gauge(
        "lianxi_identity_residual",
        "What does not add up among today's figures: anything but 0 is a fault.",
        ["identity"],
        registry=registry,
    )
    waiting = Gauge("lianxi_waiting", "Contacts that wait now.", ["queue"], registry=registry)
    agents = Gauge("lianxi_agents", "Agents by their state now.", ["state"], registry=registry)
    for queue, figures in found.items():
        for metric in figures.metrics:
            if metric.value is not None:
                figure.labels(metric.id, metric.formula, queue or CENTRE).set(metric.value)
        if queue is None:
            for identity, value in figures.identity.items():
                residual.labels(identity).set(value)
        else:
            waiting.labels(queue).set(0)
    for queue, (count, _) in waiting_lines(centre.state).items():
        waiting.labels(queue).set(count)
    for agent in centre.state.agents:
        agents.labels(centre.shown(agent).state.value).inc()
    return generate_latest(registry)

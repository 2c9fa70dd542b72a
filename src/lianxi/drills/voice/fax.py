"""Items of faxes: sent over a trunk and received at the own door, as sound and over T.38."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from lianxi.drills.tail import Line
from lianxi.drills.voice.flowing import BYE, publish
from lianxi.drills.voice.item import Item
from lianxi.drills.voice.person import AskRefused
from lianxi.drills.voice.stage import Stage

NUMBER = "4230"
NOBODY = "127.0.0.1:9"
"""A carrier's address at which nobody is."""
TRUNK = "drillfax"
PATTERN = "42XX"
WITHIN_S = 150
AGENT = "8005"
ONE_FAX = {"combinations": [[{"channel": "voice", "most": 1}, {"channel": "fax", "most": 1}]]}

_TEXT = b"BT /F 48 Tf 60 500 Td (Lianxi) Tj ET"
PAGE = (
    b"%%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
    b"2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n"
    b"3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
    b"/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>\nendobj\n"
    b"4 0 obj\n<</Length %d>>\nstream\n%s\nendstream\nendobj\n"
    b"trailer\n<</Root 1 0 R>>\n%%%%EOF\n" % (len(_TEXT), _TEXT)
)
"""One A4 page of one word."""


@asynccontextmanager
async def loop(stage: Stage, *, t38: bool) -> AsyncIterator[None]:
    """A trunk that leads back to this switch, and a number behind which a fax is received."""
    admin = await stage.person("admin")
    host, port = stage.server
    trunk = {"name": "演练传真", "server": f"{host}:{port}", "check_every": 0, "t38": t38}
    await admin.change("PUT", f"/api/trunks/{TRUNK}", trunk)
    others = (await admin.get("/api/routes"))["items"]
    route = {"pattern": PATTERN, "trunks": [TRUNK]}
    await admin.change("PUT", "/api/routes", {"items": [route, *others]})
    receive = {"type": "fax", "queue": "service", "next": "bye", "error": "bye"}
    await publish(stage, NUMBER, {"receive": receive, "bye": BYE})
    try:
        yield
    finally:
        await admin.change("PUT", "/api/routes", {"items": others})
        await admin.change("DELETE", f"/api/trunks/{TRUNK}")


async def _sends(stage: Stage) -> dict[str, Any]:
    """An agent sends a page to that number."""
    sender = await stage.person(AGENT)
    path = f"/api/faxes?number={NUMBER}&queue=service"
    sent: dict[str, Any] = await sender.hand_in(path, PAGE, "application/pdf")
    return sent


async def _comes_in(stage: Stage, mode: str) -> Line:
    """The page arrives, whole, the way it should; the fact of it."""
    left = await stage.fact("fax.left.v1", within_s=WITHIN_S)
    told = f"{left.fact('pages')} page, {left.fact('mode')}"
    is_whole = (left.fact("pages"), left.fact("is_whole")) == ("1", "True")
    stage.state("The page came, whole", is_whole and left.fact("mode") == mode, told)
    return left


async def fax_is_received(stage: Stage) -> None:
    """A fax comes in as sound, is offered to an agent, and is read as PDF."""
    admin, agent = await stage.person("admin"), await stage.agent(AGENT)
    usual = next(row for row in await admin.get("/api/agents") if row["id"] == AGENT)
    await admin.change("PATCH", f"/api/agents/{AGENT}", {"capacity": ONE_FAX})
    async with loop(stage, t38=False):
        await _sends(stage)
        left = await _comes_in(stage, "audio")
        offer = await stage.fact("offer.made.v1", agent=AGENT, channel="fax")
        contact = offer.fact("contact")
        stage.state(
            "It is a contact of its own",
            contact == f"{left.fact('contact')}-{left.fact('request')}",
        )
        await agent.person.change("POST", f"/api/desk/offers/{offer.fact('offer')}/take", {})
        await stage.fact("contact.connected.v1", agent=AGENT, contact=contact)
        document = await _document(stage, contact)
        stage.state("The agent reads a PDF", document[:5] == b"%PDF-", f"{len(document)} bytes")
        acts = [row["act"] for row in (await admin.get("/api/audit"))["items"]]
        stage.state("Who read it stands in the audit", "fax.read" in acts)
        await agent.person.change("POST", f"/api/desk/contacts/{contact}/hang-up", {})
        await stage.fact("contact.ended.v1", contact=contact)
    await admin.change("PATCH", f"/api/agents/{AGENT}", {"capacity": usual["capacity"]})


async def _document(stage: Stage, contact: str) -> bytes:
    """The fax, as soon as it is kept."""
    agent = await stage.person(AGENT)
    async with asyncio.timeout(30):
        while True:
            try:
                return await agent.read_bytes(f"/api/faxes/{contact}/document")
            except AskRefused as refused:
                if refused.code not in ("recording_not_ready", "recording_not_found"):
                    raise
            await stage.moment()


async def fax_is_received_over_t38(stage: Stage) -> None:
    """A fax comes in over T.38."""
    async with loop(stage, t38=True):
        await _sends(stage)
        await stage.fact("fax.answered.v1")
        await _comes_in(stage, "t38")


async def fax_is_sent(stage: Stage) -> None:
    """A document goes out and its pages are confirmed; one under way can be stopped."""
    sender, admin = await stage.person(AGENT), await stage.person("admin")
    async with loop(stage, t38=True):
        fax = (await _sends(stage))["fax"]
        dialled = await stage.fact("fax.dialled.v1", fax=fax)
        stage.state("It goes out over the trunk", dialled.fact("trunk") == TRUNK)
        sent = await stage.fact("fax.sent.v1", fax=fax, within_s=WITHIN_S)
        stage.state("The other machine confirmed its page", sent.fact("pages") == "1")
        row = await _listed(stage, fax, "sent")
        stage.state("The list says so", row["confirmed"] == 1, row["mode"])
        document = await sender.read_bytes(f"/api/faxes/sent/{fax}/document")
        stage.state("The document is kept", document == PAGE)
        trunk = {"name": "演练传真", "server": NOBODY, "check_every": 0}
        await admin.change("PUT", f"/api/trunks/{TRUNK}", trunk)
        fax = (await _sends(stage))["fax"]
        await stage.fact("fax.dialled.v1", fax=fax)
        broke = await stage.fact("fax.broke_off.v1", fax=fax, within_s=WITHIN_S)
        cause = broke.fact("cause")
        stage.state("A carrier that is not there breaks it off", cause == "trunk_failed", cause)
        await _listed(stage, fax, "sending")
        await sender.change("POST", f"/api/faxes/sent/{fax}/stop")
        given_up = await stage.fact("fax.given_up.v1", fax=fax)
        stage.state("It can be stopped", given_up.fact("cause") == "stopped")


async def _listed(stage: Stage, fax: str, state: str) -> dict[str, Any]:
    """The row of a fax, once it says so."""
    sender = await stage.person(AGENT)
    async with asyncio.timeout(15):
        while True:
            for row in await sender.get("/api/faxes/sent"):
                if (row["fax"], row["state"]) == (fax, state):
                    return dict(row)
            await stage.moment()


ITEMS = (
    Item(name="fax-in", run=fax_is_received, limit_s=240),
    Item(name="fax-in-t38", run=fax_is_received_over_t38, limit_s=240),
    Item(name="fax-out", run=fax_is_sent, limit_s=300),
)

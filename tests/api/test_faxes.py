"""Faxes that are sent, over HTTP: one wish is one fax, and a refused one leaves nothing behind."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from lianxi.drills.voice.fax import PAGE
from lianxi.engine.messages.fax import FaxAsked
from lianxi.modules.recordings.sealing import SUFFIX
from lianxi.parts.fax_folder import faxes_folder
from tests.builders.web_centre import Browser, WebCentre

pytestmark = pytest.mark.db

SEND = "/api/faxes?number=0755 1234-5678"


async def sends(
    agent: Browser, path: str, document: bytes = PAGE, *, key: str = ""
) -> httpx2.Response:
    headers = {"Content-Type": "application/pdf"} | ({"Idempotency-Key": key} if key else {})
    return await agent.client.post(path, content=document, headers=headers)


def asked(centre: WebCentre) -> list[FaxAsked]:
    return [line.event for line in centre.journal.lines if isinstance(line.event, FaxAsked)]


def files(centre: WebCentre) -> list[Path]:
    """Pages that wait for the switch, and sealed documents."""
    home = centre.settings.paths
    return [*pages_of(centre).glob("out-*.tif"), *home.recordings_wav.rglob(f"*{SUFFIX}")]


def pages_of(centre: WebCentre) -> Path:
    """Where the switch looks for pages."""
    return faxes_folder(centre.settings.paths.root, centre.settings.paths.recordings_raw)


@pytest.fixture
def home(centre: WebCentre) -> Iterator[WebCentre]:
    """A centre with its folders."""
    centre.settings.paths.make()
    yield centre
    shutil.rmtree(pages_of(centre))


async def test_a_wish_that_is_sent_twice_is_one_fax(home: WebCentre) -> None:
    """Given a click that is sent twice with one key, then there is one fax, and one answer; a
    second wish is a fax of its own."""
    async with home.browser("8001") as agent:
        key = "0123456789abcdef-click"
        answers = [await sends(agent, SEND, key=key) for _ in range(2)]
        assert [answer.status_code for answer in answers] == [201, 201], answers[0].text
        assert answers[0].json() == answers[1].json()
        (fax,) = asked(home)
        assert (fax.fax, fax.number, fax.pages) == (answers[0].json()["fax"], "075512345678", 1)
        assert len(files(home)) == 2
        other = await sends(agent, SEND)
        assert other.json()["fax"] != fax.fax
        assert len(asked(home)) == 2


async def test_what_is_refused_leaves_nothing_behind(home: WebCentre) -> None:
    """Given a document that is none, a number that is none or a queue that is not there, then it is
    said with a code, and no page and no document is kept."""
    async with home.browser("8001") as agent:
        for path, document, code in (
            (SEND, b"not a PDF", "fax_unreadable"),
            (SEND, b"", "fax_unreadable"),
            ("/api/faxes?number=abc", PAGE, "number_invalid"),
            (f"{SEND}&queue=no-such", PAGE, "queue_unknown"),
            (f"{SEND}&stored=no-such", b"", "recording_not_found"),
            (f"{SEND}&contact=no-such", PAGE, "recording_not_found"),
        ):
            refused = await sends(agent, path, document)
            assert refused.json()["code"] == code, (path, refused.text)
        assert asked(home) == []
        assert files(home) == []


async def test_a_fax_of_nobody_known_cannot_be_stopped_or_read(home: WebCentre) -> None:
    async with home.browser("8001") as agent:
        assert (await agent.get("/faxes/sent")).json() == []
        stopped = await agent.post("/faxes/sent/no-such/stop")
        assert (stopped.status_code, stopped.json()["code"]) == (404, "fax_not_found")
        assert (await agent.get("/faxes/sent/no-such/document")).status_code == 404

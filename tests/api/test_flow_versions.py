"""Flows over HTTP: versions, conflicts, trials without a call; prompts heard and taken back."""

import io
import math
import struct
import wave
from typing import Any

import msgspec
import pytest

from lianxi.modules.ivr.seed import WELCOME
from tests.builders.web_centre import WebCentre

pytestmark = pytest.mark.db


def a_body(**changes: Any) -> dict[str, Any]:
    return {**msgspec.to_builtins(WELCOME), **changes}


def a_wav() -> bytes:
    """Half a second of a tone."""
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8_000)
        samples = (round(9_000 * math.sin(i / 4)) for i in range(4_000))
        file.writeframes(b"".join(struct.pack("<h", sample) for sample in samples))
    return out.getvalue()


async def test_versions_say_who_published_them_and_why(centre: WebCentre) -> None:
    async with centre.browser("admin") as admin:
        put = admin.client.put
        # Given a second version
        body = a_body(name="新欢迎", note=" 改了名字 ", based_on=1)
        assert (await put("/api/flows/welcome", json=body)).json()["note"] == "改了名字"
        listed = (await admin.get("/flows/welcome/versions")).json()
        assert [(v["version"], v["note"], v["nodes"]) for v in listed] == [
            (2, "改了名字", 5),
            (1, "", 5),
        ]
        assert listed[0]["published_by_name"] == admin.me["user"]["name"]
        # Then the first can still be read
        first = (await admin.get("/flows/welcome/versions/1")).json()
        assert first["name"] == "欢迎流程"
        missing = await admin.get("/flows/welcome/versions/9")
        assert (missing.status_code, missing.json()["code"]) == (404, "flow_version_not_found")
        assert (await admin.get("/flows/none/versions")).json()["code"] == "flow_not_found"


async def test_a_change_based_on_an_older_version_writes_nothing(centre: WebCentre) -> None:
    async with centre.browser("admin") as admin:
        put = admin.client.put
        await put("/api/flows/welcome", json=a_body(name="甲的修改", based_on=1))
        late = await put("/api/flows/welcome", json=a_body(name="乙的修改", based_on=1))
        assert (late.status_code, late.json()["code"]) == (409, "flow_changed")
        assert late.json()["facts"]["version"] == 2
        taken = await put("/api/flows/welcome", json=a_body(name="重名", based_on=0))
        assert taken.json()["code"] == "flow_changed"
        assert (await admin.get("/flows/welcome")).json()["name"] == "甲的修改"


async def test_the_list_of_flows_says_what_leads_to_them_and_what_is_wrong(
    centre: WebCentre,
) -> None:
    async with centre.browser("admin") as admin:
        (flow,) = (await admin.get("/flow-summaries")).json()
        assert (flow["id"], flow["version"], flow["errors"]) == ("welcome", 1, 0)
        assert "4001" in flow["numbers"]
        assert (flow["entered_today"], flow["gone_today"], flow["called_by"]) == (0, 0, [])


async def test_a_draft_is_walked_without_a_call(centre: WebCentre) -> None:
    async with centre.browser("admin") as admin:
        post = admin.client.post
        story = {"flow": a_body(), "moves": [{"kind": "key", "key": "2"}]}
        found = (await post("/api/flows/welcome/rehearsal", json=story)).json()
        entered = [step["node"] for step in found["steps"] if step["kind"] == "entered"]
        assert entered == ["greeting", "menu", "to_service"]
        assert found["waits_for"] == ""
        # And nothing of it is known to the switchboard
        assert not centre.inbox.engine.state.contacts
        broken = a_body(start="nowhere")
        refused = await post("/api/flows/welcome/rehearsal", json={"flow": broken})
        assert (refused.status_code, refused.json()["code"]) == (422, "flow_invalid")
        # But words that are still to be recorded do not matter
        unspoken = a_body()
        unspoken["nodes"]["greeting"]["prompts"] = ["not_yet"]
        walked = await post("/api/flows/welcome/rehearsal", json={"flow": unspoken})
        assert walked.json()["node"] == "menu"


async def test_a_prompt_is_heard_replaced_and_taken_back(centre: WebCentre) -> None:
    async with centre.browser("admin") as admin:
        shipped = await admin.get("/prompts/welcome")
        assert (shipped.headers["content-type"], shipped.content[:4]) == ("audio/wav", b"RIFF")
        wav = {"Content-Type": "audio/wav"}
        put = await admin.client.put("/api/prompts/welcome", content=a_wav(), headers=wav)
        assert put.json()["is_own"] is True
        assert (await admin.get("/prompts/welcome")).content != shipped.content
        gone = await admin.client.delete("/api/prompts/welcome")
        assert gone.status_code == 204
        assert (await admin.get("/prompts/welcome")).content == shipped.content
        again = await admin.client.delete("/api/prompts/welcome")
        assert again.json()["code"] == "prompt_not_found"
        assert (await admin.get("/prompts/..%2Fwelcome")).status_code == 404
        uses = (await admin.get("/prompt-uses")).json()
        assert {"prompt": "main_menu", "flow": "welcome", "node": "menu"} in uses


async def test_words_that_a_flow_needs_are_not_taken_away(centre: WebCentre) -> None:
    async with centre.browser("admin") as admin:
        wav = {"Content-Type": "audio/wav"}
        await admin.client.put("/api/prompts/our_own", content=a_wav(), headers=wav)
        body = a_body()
        body["nodes"]["greeting"]["prompts"] = ["our_own"]
        assert (await admin.client.put("/api/flows/welcome", json=body)).status_code == 200
        refused = await admin.client.delete("/api/prompts/our_own")
        assert (refused.status_code, refused.json()["code"]) == (409, "prompt_in_use")
        assert refused.json()["facts"]["flows"] == "welcome"
        assert (await admin.get("/prompts/our_own")).status_code == 200

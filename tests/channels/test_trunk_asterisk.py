"""A carrier configured as the how-to says can call in, and registers where it should."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from lianxi.channels.asterisk.process import AsteriskProcess
from lianxi.channels.asterisk.tree import AsteriskTree
from lianxi.channels.fake.sip.caller import ScriptedCaller
from lianxi.channels.fake.sip.timeline import Step
from tests.fixtures.asterisk import ARI_PASSWORD, asterisk_settings

pytestmark = pytest.mark.asterisk

HOWTO = Path(__file__).parents[2] / "docs" / "howto" / "trunk.md"
CARRIER = "127.0.0.2"
STRANGER = "127.0.0.3"


@pytest.fixture
async def switch(tmp_path: Path, asterisk_tree: AsteriskTree) -> AsyncIterator[AsteriskProcess]:
    """An Asterisk with all examples of the how-to."""
    examples = re.findall(r"```ini\n(.*?)```", HOWTO.read_text(), re.DOTALL)
    settings = asterisk_settings(tmp_path / "home")
    settings.paths.make()
    operator = settings.paths.asterisk / "operator"
    operator.mkdir(mode=0o755)
    text = "\n".join(examples).replace("192.0.2.10", CARRIER)
    (operator / "pjsip.conf").write_text(text.replace("sip.carrier.example", CARRIER))
    process = AsteriskProcess(settings, asterisk_tree, ari_password=ARI_PASSWORD)
    await process.start()
    yield process
    await process.stop()


async def test_a_carrier_of_the_howto_comes_through_and_a_stranger_does_not(
    switch: AsteriskProcess,
) -> None:
    server = ("127.0.0.1", switch.instance.sip_port)
    async with ScriptedCaller(local_host=CARRIER) as carrier:
        call = await carrier.call("4001", server)
        await call.wait(Step.ANSWERED)  # by the apology: no switchboard is attached
        await call.hang_up()
    async with ScriptedCaller(local_host=STRANGER) as stranger:
        refused = await (await stranger.call("4001", server)).wait(Step.REFUSED)
        assert refused.facts["status"] == 401
    assert "203.0.113.7" in await switch.control.ask("pjsip show transport udp")
    assert "carrier-registration" in await switch.control.ask("pjsip show registrations")

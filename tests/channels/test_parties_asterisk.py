"""More than two at the real Asterisk: what becomes of the media before, with and after a third."""

import asyncio
from collections.abc import AsyncIterator
from typing import cast

import msgspec
import pytest

from lianxi.channels.asterisk.process import AsteriskProcess
from lianxi.engine.messages import commands as c
from lianxi.engine.messages import inputs as i
from lianxi.engine.messages import parties as p
from tests.channels.contract import LEG
from tests.channels.contract_parties import PARTY, three, until_they_stand
from tests.channels.stage import WITHIN_S, Stage
from tests.channels.test_asterisk_contract import AsteriskStage

pytestmark = pytest.mark.asterisk

PLAIN, MIXED = {"simple_bridge", "native_rtp"}, "softmix"


class BridgeSeen(msgspec.Struct):
    """What is asked of a bridge here."""

    technology: str


@pytest.fixture
async def real(asterisk: AsteriskProcess) -> AsyncIterator[AsteriskStage]:
    stage = AsteriskStage(asterisk)
    await stage.open()
    yield stage
    await stage.close()


async def until_technology(real: AsteriskStage, bridge: str, wanted: set[str]) -> str:
    """A bridge changes its technology when it has time to."""
    deadline = asyncio.get_running_loop().time() + WITHIN_S
    while True:
        seen = await real.channel._ari.get(f"bridges/{bridge}", BridgeSeen)
        if seen.technology in wanted or asyncio.get_running_loop().time() > deadline:
            return seen.technology
        await asyncio.sleep(0.02)  # poll: no event tells of it


async def test_two_are_mixed_by_nobody_before_a_conference_and_after_it(
    real: AsteriskStage,
) -> None:
    stage = cast(Stage, real)
    contact, leg = await three(stage)
    main = f"br-{contact}"
    assert await until_technology(real, main, PLAIN) in PLAIN
    # Given all together are mixed
    stage.channel.perform(p.Arrange(contact=contact, main=(leg, LEG, PARTY)))
    await until_they_stand(stage, (leg, main), (LEG, main), (PARTY, main))
    assert await until_technology(real, main, {MIXED}) == MIXED
    # When the third has gone
    stage.channel.perform(c.DropLeg(leg=PARTY))
    await stage.ear.expect(i.LegEnded, leg=PARTY)
    stage.channel.perform(p.Arrange(contact=contact, main=(leg, LEG)))
    # Then the two are as they were: passed on as they are, in the codec of both
    assert await until_technology(real, main, PLAIN) in PLAIN


async def test_a_consult_is_of_two_bridges_of_two(real: AsteriskStage) -> None:
    stage = cast(Stage, real)
    contact, leg = await three(stage)
    stage.channel.perform(p.Arrange(contact=contact, aside=(LEG, PARTY), music=(leg,)))
    aside = f"aside-{contact}"
    await until_they_stand(stage, (leg, None), (LEG, aside), (PARTY, aside))
    assert await until_technology(real, aside, PLAIN) in PLAIN

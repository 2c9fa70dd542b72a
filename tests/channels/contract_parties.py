"""What every telephone channel keeps with more than two in a conversation."""

from lianxi.channels.fake.flow_work import Reaching
from lianxi.engine.messages import commands as c
from lianxi.engine.messages import inputs as i
from lianxi.engine.messages import parties as p
from lianxi.engine.messages.sighting import LegRole, Sighting
from lianxi.engine.messages.values import LegCause
from lianxi.kernel.ids import ContactId, LegId
from lianxi.kernel.time import Millis
from tests.channels.contract import LEG, conversation, customer_leg, until_seen
from tests.channels.stage import DIALLED, Stage

PARTY = LegId("leg-p1")
NOBODY = LegId("leg-p9")


def call(stage: Stage, contact: ContactId, leg: LegId = PARTY) -> None:
    stage.channel.perform(
        p.CallParty(
            contact=contact,
            customer_leg=customer_leg(stage, contact),
            leg=leg,
            number="13900139000",
            caller=DIALLED,
            ring=Millis(10_000),
        )
    )


async def three(stage: Stage) -> tuple[ContactId, LegId]:
    """Customer and agent talk, and a party outside has answered."""
    await stage.outside_will(Reaching.ANSWERS)
    contact, leg = await conversation(stage)
    call(stage, contact)
    await stage.ear.expect(i.LegAnswered, leg=PARTY)
    return contact, leg


async def until_they_stand(stage: Stage, *expected: tuple[LegId, str | None]) -> None:
    def is_so(seen: Sighting) -> bool:
        return all(seen.legs[leg].bridge == bridge for leg, bridge in expected)

    await until_seen(stage, is_so)


class PartyContract:
    """Parties outside, and who hears whom."""

    async def test_a_party_outside_rings_and_answers(self, stage: Stage) -> None:
        await stage.outside_will(Reaching.RINGS)
        contact, _ = await conversation(stage)
        call(stage, contact)
        await stage.ear.expect(i.LegRinging, leg=PARTY)
        seen = (await stage.channel.belief()).legs[PARTY]
        assert (seen.role, seen.contact, seen.up) == (LegRole.PARTY, contact, False)
        await stage.party_answers(PARTY)
        await stage.ear.expect(i.LegAnswered, leg=PARTY)
        await stage.party_hangs_up(PARTY)
        told = await stage.ear.expect(i.LegEnded, leg=PARTY)
        assert told.cause is LegCause.NORMAL

    async def test_a_party_that_is_busy_is_told(self, stage: Stage) -> None:
        await stage.outside_will(Reaching.BUSY)
        contact, _ = await conversation(stage)
        call(stage, contact)
        assert (await stage.ear.expect(i.LegEnded, leg=PARTY)).cause is LegCause.BUSY

    async def test_a_party_is_let_go_while_it_rings(self, stage: Stage) -> None:
        await stage.outside_will(Reaching.RINGS)
        contact, _ = await conversation(stage)
        call(stage, contact)
        await stage.ear.expect(i.LegRinging, leg=PARTY)
        stage.channel.perform(c.DropLeg(leg=PARTY))
        await stage.ear.expect(i.LegEnded, leg=PARTY)

    async def test_aside_then_the_other_one_then_all_then_two_again(self, stage: Stage) -> None:
        contact, leg = await three(stage)
        main, aside = f"br-{contact}", f"aside-{contact}"
        perform = stage.channel.perform
        # The agent is alone aside first, as while it rings
        perform(p.Arrange(contact=contact, aside=(LEG,), music=(leg,)))
        await until_they_stand(stage, (leg, None), (LEG, aside), (PARTY, None))
        order = p.Arrange(contact=contact, aside=(LEG, PARTY), music=(leg,))
        perform(order)
        await until_they_stand(stage, (leg, None), (LEG, aside), (PARTY, aside))
        # The same once more changes nothing
        perform(order)
        perform(p.Arrange(contact=contact, main=(leg, LEG), music=(PARTY,)))
        await until_they_stand(stage, (leg, main), (LEG, main), (PARTY, None))
        perform(p.Arrange(contact=contact, main=(leg, LEG, PARTY)))
        await until_they_stand(stage, (leg, main), (LEG, main), (PARTY, main))
        # Who has gone meanwhile does not keep the others apart
        perform(c.DropLeg(leg=PARTY))
        await stage.ear.expect(i.LegEnded, leg=PARTY)
        perform(p.Arrange(contact=contact, main=(leg, LEG, NOBODY)))
        await until_they_stand(stage, (leg, main), (LEG, main))
        assert aside not in (await stage.channel.belief()).bridges
        # And joining was told once: of those who are joined by name
        assert len(stage.ear.all(i.LegJoined)) == 1

    async def test_handed_over_the_party_stays_with_the_customer(self, stage: Stage) -> None:
        contact, leg = await three(stage)
        stage.channel.perform(p.Arrange(contact=contact, aside=(LEG, PARTY), music=(leg,)))
        stage.channel.perform(c.DropLeg(leg=LEG))
        stage.channel.perform(p.Arrange(contact=contact, main=(leg, PARTY)))
        main = f"br-{contact}"
        await until_they_stand(stage, (leg, main), (PARTY, main))
        await stage.ear.expect(i.LegEnded, leg=LEG)

    async def test_an_answer_that_nobody_heard_is_told_at_the_next_connect(
        self, stage: Stage
    ) -> None:
        await stage.outside_will(Reaching.RINGS)
        contact, _ = await conversation(stage)
        call(stage, contact)
        await stage.ear.expect(i.LegRinging, leg=PARTY)
        await stage.while_away(lambda: stage.party_answers(PARTY))
        await stage.ear.expect(i.LegAnswered, leg=PARTY)

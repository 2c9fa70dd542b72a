"""The phrases of the hotline, from the opening to the promised callback, as a first script."""

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.kernel.ids import QueueId
from lianxi.kernel.time import Instant
from lianxi.modules.scripts import facade
from lianxi.modules.scripts.contracts import (
    Answer,
    Calls,
    Content,
    Fills,
    Step,
    StepClock,
    StepKind,
)

SAY, ASK, PHRASE, TIMED = StepKind.SAY, StepKind.ASK, StepKind.PHRASE, StepKind.TIMED

STEPS = (
    Step(
        id="opening", kind=SAY, calls=Calls.IN,
        text="您好,{company},工号 {agent_no} 为您服务。请问有什么可以帮您?",
        text_en="Hello, {company}, agent {agent_no} speaking. How may I help you?",
    ),
    Step(
        id="opening_callback", kind=SAY, calls=Calls.OUT,
        text="您好,{company},工号 {agent_no}。"
        "您上次({last_contact_date})咨询的“{last_contact_topic}”,现在给您回复。",
        text_en="Hello, {company}, agent {agent_no}. I am calling back about"
        " “{last_contact_topic}”, which you asked about on {last_contact_date}.",
    ),
    Step(
        id="recorded", kind=StepKind.MANDATORY, calls=Calls.OUT,
        text="为保证服务质量,本次通话会被录音。",
        text_en="To assure our quality, this call is recorded.",
    ),
    Step(
        id="answerable", kind=StepKind.BRANCH,
        text="(自己判断)客户的问题能当场答复吗?",
        text_en="(For you) Can the question be answered right now?",
        answers=(
            Answer(text="能当场答复", text_en="Yes, answer it", to="closing"),
            Answer(text="需要核实后回复", text_en="No, it has to be looked into", to="record"),
        ),
    ),
    Step(
        id="record", kind=ASK, fills=Fills.NOTE,
        text="请您说一下具体情况和方便接听的时间,我记录下来。",
        text_en="Please tell me the details and when we can reach you; I am writing it down.",
    ),
    Step(
        id="restate", kind=SAY,
        text="我复述一下您的问题:……,对吗?",
        text_en="Let me repeat what you said: … Is that right?",
    ),
    Step(
        id="promise", kind=SAY,
        text="您的问题我们核实后会尽快回复您。",
        text_en="We will look into it and call you back as soon as we can.",
    ),
    Step(
        id="closing", kind=ASK,
        text="请问您还有什么问题吗?",
        text_en="Is there anything else I can help you with?",
    ),
    Step(
        id="goodbye", kind=SAY, then="end",
        text="感谢您的来电,再见!",
        text_en="Thank you for calling. Goodbye!",
    ),
    Step(
        id="waiting", kind=TIMED, clock=StepClock.WAITING, after_s=10,
        text="对不起,还需要一点时间,请您稍等。",
        text_en="I am sorry, this takes a little longer. Please bear with me.",
    ),
    Step(
        id="back", kind=TIMED, clock=StepClock.BACK, after_s=1,
        text="对不起,让您久等了!",
        text_en="I am sorry to have kept you waiting.",
    ),
    Step(
        id="silent_first", kind=PHRASE,
        text="您好!请问能听到我说话吗?",
        text_en="Hello? Can you hear me?",
    ),
    Step(
        id="silent_second", kind=PHRASE,
        text="对不起,听不到您的声音,请您靠近话筒再说一遍。",
        text_en="I am sorry, I cannot hear you. Please speak closer to the telephone.",
    ),
    Step(
        id="silent_redial", kind=PHRASE,
        text="对不起,听不到您的声音,请稍后再拨。再见!",
        text_en="I am sorry, I cannot hear you. Please call again later. Goodbye!",
    ),
    Step(
        id="dialect", kind=PHRASE,
        text="对不起,请您讲普通话好吗?",
        text_en="I am sorry, could you please speak Mandarin?",
    ),
    Step(
        id="louder", kind=PHRASE,
        text="对不起,请您大声一点好吗?",
        text_en="I am sorry, could you speak a little louder?",
    ),
    Step(
        id="slower", kind=PHRASE,
        text="对不起,请您说慢一点好吗?",
        text_en="I am sorry, could you speak a little more slowly?",
    ),
    Step(
        id="repeat", kind=PHRASE,
        text="对不起,请您再说一遍好吗?",
        text_en="I am sorry, could you say that again?",
    ),
)  # fmt: skip

PRESET = Content(name="通用话术", name_en="General script", steps=STEPS)


async def plant(session: AsyncSession, *, queues: tuple[QueueId, ...], at: Instant) -> None:
    """Publish the phrases for these queues."""
    content = Content(name=PRESET.name, name_en=PRESET.name_en, queues=queues, steps=STEPS)
    await facade.plant(session, content, at=at, note="")

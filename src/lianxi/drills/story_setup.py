"""The first set-up: from a fresh start to the first test call that can be heard, step by step.

An administrator walks the page of the first set-up with a browser alone: an extension and a queue
of the own, the devices tried with a call to the switch's echo, then the first call through the
real switch, whose record, recording and figure the page shows. Every step is timed.
"""

import contextlib
import time
from collections.abc import Iterator

from lianxi.drills.browser import Desktop
from lianxi.drills.patience import patient
from lianxi.drills.scene import Scene
from lianxi.drills.walking import go

ADMINISTRATOR = "admin"
WANTED = "a-long-sentence-of-one's-own"
WITHIN_S = 180.0
"""Acceptance T2: the path of the wizard with played media."""

LONG_S = 30.0
QUEUE = "晨光客服"
NEW = "8090"
NEW_AGENT_DEEDS = 6
"""Name, password, the button; the menu of states and its first entry; F2."""

MOST_DELAY_MS = 500
"""Of the echo on one machine; a person begins to stumble over the own voice somewhere above."""


@contextlib.contextmanager
def _timed(scene: Scene, step: str) -> Iterator[None]:
    began = time.time()
    yield
    took = time.time() - began
    scene.report.figure(f"setup_{step}_s", took)
    scene.moments["setup"] = scene.moments.get("setup", 0.0) + took


async def administrator_names_the_centre(scene: Scene) -> None:
    """The administrator signs in, looks at the lights and names the organisation."""
    with _timed(scene, "preflight"):
        desk = await scene.sign_in(ADMINISTRATOR)
        await desk.has(".rail", within_s=LONG_S)
        await desk.open("/setup")
        await desk.is_shown("light-database", within_s=LONG_S)
        red = await desk.page.locator('[data-testid^="light-"][data-ok="false"]').count()
        scene.state("All lights of a fresh centre are green", red == 0, f"{red} red")
        await desk.click("setup-next" if red == 0 else "setup-skip")
    with _timed(scene, "organisation"):
        await desk.by("org-name").fill("晨光服务热线")
        await desk.click("setup-next")
        named = await desk.is_shown("password-present", within_s=LONG_S)
    scene.state("The organisation is named", named, await desk.text_of(".topbar"))


async def administrator_takes_an_extension(scene: Scene) -> None:
    """A password of the own, an extension, and one more sign-in with the new rights."""
    desk = scene.desks[ADMINISTRATOR]
    with _timed(scene, "administrator"):
        await desk.by("password-present").fill(scene.product.accounts()[ADMINISTRATOR])
        await desk.by("password-wanted").fill(WANTED)
        await desk.click("password-save")
        await desk.is_shown("password-new", within_s=LONG_S)
        await desk.click("extension-save")
        back = await desk.is_shown("login-username", within_s=LONG_S)
        await desk.sign_in(ADMINISTRATOR, WANTED)
        agent = await desk.is_shown("nav-desk", within_s=LONG_S)
    scene.state(
        "With the extension the administrator has a desk", back and agent, "after a sign-in"
    )


async def first_queue_has_its_agent(scene: Scene) -> None:
    """A new queue with a number of its own; the administrator serves it and is ready."""
    desk = scene.desks[ADMINISTRATOR]
    with _timed(scene, "queue"):
        await desk.open("/setup")
        if "新建队列" not in await desk.text("which-queue"):
            await desk.by("which-queue").click()
            await desk.page.get_by_title("新建队列").click()
        await desk.by("queue-name").fill(QUEUE)
        number = await desk.by("queue-number").input_value()
        await desk.click("setup-next")
        await desk.is_shown("which-agent", within_s=LONG_S)
    with _timed(scene, "agent"):
        await desk.click("agent-serve")
        serves = await desk.has('[data-testid="agent-serves"][data-ok="true"]', within_s=LONG_S)
        if await desk.has('[data-testid="setup-sign-in"]', within_s=1):
            await desk.click("setup-sign-in")
        here = await desk.has('[data-testid="agent-here"][data-ok="true"]', within_s=LONG_S)
        await desk.click("setup-next")
        await desk.is_shown("panel-device", within_s=LONG_S)
    scene.state("The first queue has a number and an agent", serves and here, f"number {number}")


async def devices_are_tried(scene: Scene) -> None:
    """The microphone hears, the tone plays, and the switch sends the voice back."""
    desk = scene.desks[ADMINISTRATOR]
    with _timed(scene, "device"):
        await desk.click("try-microphone")
        await desk.click("try-speaker")
        await desk.by("speaker-heard").click()
        await desk.by("try-echo").and_(desk.page.locator(":enabled")).click()
        echo = await desk.has('[data-testid="device-echo"][data-ok="true"]', within_s=LONG_S)
        heard = await desk.has('[data-testid="device-microphone"][data-ok="true"]', within_s=LONG_S)
        words = await desk.text("device-echo")
        await desk.click("setup-next")
        await desk.is_shown("test-call", within_s=LONG_S)
    scene.state("The microphone hears", heard, "its level moves")
    scene.state(
        "The echo call is heard; delay, loss and score are told",
        echo and "延迟" in words and "—" not in words,
        words,
    )
    delay, loss, score = _figures(words)
    scene.report.figure("echo_delay_ms", delay)
    scene.report.figure("echo_loss_percent", loss)
    scene.report.figure("echo_mos", score)
    scene.state(
        "The echo is quick and clear",
        delay <= patient(MOST_DELAY_MS) and loss <= 1 and score >= 4,
        f"{delay:g} ms, {loss:g} %, MOS {score:g}",
    )


async def first_test_call_is_proved(scene: Scene) -> None:
    """One press: it rings here; answered, held, wrapped up; record, sound and figure are shown."""
    desk, before = scene.desks[ADMINISTRATOR], scene.journal.position
    with _timed(scene, "test_call"):
        if await desk.has('[data-testid="test-ready"]', within_s=1):
            await desk.click("test-ready")
        await desk.is_in_state("ready", within_s=LONG_S)
        await desk.click("test-call")
        began = await scene.journal.expect("contact.began.v1", after=before, within_s=15)
        contact = began.fact("contact")
        await _through_the_call(scene, desk, contact)
        await go(desk.page, "/setup")
        record = await desk.has('[data-testid="proof-record"][data-ok="true"]', within_s=LONG_S)
        sound = await desk.has('[data-testid="proof-recording"][data-ok="true"]', within_s=LONG_S)
        counted = await desk.has('[data-testid="proof-figure"][data-ok="true"]', within_s=LONG_S)
        seconds = await _played(desk)
    tile = await desk.text_of('[data-testid="proof-figure"] b')
    kinds = await desk.page.locator('[data-testid^="ladder-"]').count()
    scene.state("The record of the test call is on the page", record, f"contact {contact}")
    scene.state("Its recording plays on the page", sound and seconds > 0, f"{seconds:.1f} s long")
    scene.state("Its figure on the page is 1", counted and tile == "1", tile)
    scene.state("The ladder tells what it went through", kinds >= 5, f"{kinds} steps")
    await desk.click("setup-next")
    scene.state(
        "What to do next is told", await desk.is_shown("next-steps", within_s=LONG_S), desk.page.url
    )
    total = scene.moments["setup"]
    scene.report.figure("setup_total_s", total)
    scene.state(
        "From the sign-in to the proof it took three minutes at the most (T2)",
        total <= patient(WITHIN_S),
        f"{total:.0f} s",
    )


async def new_agent_answers(scene: Scene) -> None:
    """A person is created; with the password shown, the first sign-in, then an answered call."""
    admin = scene.desks[ADMINISTRATOR]
    await _rests(admin)
    await go(admin.page, "/admin/people?person=new")
    for field, words in (("name", "新座席"), ("username", NEW), ("agent", NEW)):
        await admin.by(f"person-{field}").fill(words)
    await _choose(admin, "person-team", "一班")
    await _choose(admin, "add-queues", QUEUE)
    await admin.click("person-save")
    password = (await admin.by("password-text").inner_text()).strip()
    await admin.click("password-done")
    began, before = time.time(), scene.journal.position
    desk = await scene.people.desktop()
    await desk.sign_in(NEW, password)
    await desk.is_in_state("not_ready", within_s=LONG_S)
    await desk.press("Alt+w")
    await desk.press("1")
    ready = await desk.is_in_state("ready", within_s=LONG_S)
    await go(admin.page, "/setup?step=test_call")
    await admin.click("test-call")
    came = await scene.journal.expect("offer.rang.v1", after=before, within_s=LONG_S, agent=NEW)
    await desk.by("offer-answer").and_(desk.page.locator('[aria-disabled="false"]')).wait_for()
    await desk.press("F2")
    contact = came.fact("contact")
    await scene.journal.expect("contact.connected.v1", within_s=15, contact=contact)
    sound = await desk.sound_flows(within_s=10)
    took = time.time() - began
    scene.report.figure("new_agent_to_answered_s", took)
    scene.report.figure("new_agent_deeds", NEW_AGENT_DEEDS)
    scene.state(
        "A new agent signs in and answers within three minutes (T1), with six presses",
        ready and sound is not None and took <= patient(WITHIN_S),
        f"{took:.1f} s from the sign-in page to sound both ways",
    )
    await desk.click("call-hangup")
    await scene.journal.expect("contact.ended.v1", within_s=10, contact=contact)
    await desk.is_in_state("acw", within_s=10)
    await desk.click("wrapup-code-other")
    await desk.press("Control+Enter")
    await desk.is_in_state("ready", within_s=10)
    for page in (desk, admin):
        await page.page.context.close()
    del scene.desks[ADMINISTRATOR]


async def _rests(desk: Desktop) -> None:
    """The administrator takes a break: the next call is the new agent's."""
    await desk.by("state-pill").click()
    await desk.by("state-notready-break").click()
    await desk.is_in_state("not_ready", within_s=10)


async def _choose(desk: Desktop, test_id: str, words: str) -> None:
    """Take an entry of a list by its words."""
    await desk.by(test_id).click()
    await desk.page.locator(".ant-select-item-option", has_text=words).first.click()


async def _through_the_call(scene: Scene, desk: Desktop, contact: str) -> None:
    """Answer, hold, take back, hang up, wrap up."""
    await scene.journal.expect("offer.rang.v1", within_s=30, contact=contact)
    await desk.by("offer-answer").and_(desk.page.locator('[aria-disabled="false"]')).wait_for()
    await desk.press("F2")
    await scene.journal.expect("contact.connected.v1", within_s=15, contact=contact)
    await go(desk.page, "/desk")
    await desk.click("call-hold")
    await scene.journal.expect("contact.held.v1", within_s=10, contact=contact)
    await desk.click("call-resume")
    await scene.journal.expect("contact.resumed.v1", within_s=10, contact=contact)
    await desk.click("call-hangup")
    await scene.journal.expect("contact.ended.v1", within_s=10, contact=contact)
    await desk.is_in_state("acw", within_s=10)
    await desk.click("wrapup-code-other")
    await desk.press("Control+Enter")
    await desk.is_in_state("ready", within_s=10)


_PLAY = """async () => {
  const sound = document.querySelector('[data-testid="proof-recording"] audio')
  if (sound === null) return 0
  sound.muted = true
  await sound.play()
  return sound.duration
}"""


async def _played(desk: Desktop) -> float:
    """Play the recording on the page; how long it is, in seconds."""
    return float(await desk.page.evaluate(_PLAY))


def _figures(words: str) -> tuple[float, float, float]:
    """Delay in milliseconds, loss in per cent and the score, out of the sentence of the page."""
    numbers = [
        float(word)
        for word in "".join(c if c.isdigit() or c == "." else " " for c in words).split()
        if word.strip(".")
    ]
    delay, loss, score, *_ = [*numbers, 1e9, 1e9, 0.0]
    return delay, loss, score

"""Items of announcements: who calls from where an outage is hears of it before the menu."""

import time

from lianxi.drills.voice.flowing import BYE, Nodes, calls, publish, step
from lianxi.drills.voice.item import Item
from lianxi.drills.voice.stage import Stage

HERE, ELSEWHERE = "02156640001", "01088880001"
"""Numbers of callers."""
VOICE = "outage_notice"
OUTAGE = {
    "type": "fault", "title": "友谊路停电", "body": "正在抢修线路。", "prompt": VOICE,
    "places": ["021-5664"],
}  # fmt: skip


async def outage_is_heard_before_the_menu(stage: Stage) -> None:
    """A caller from where an outage is hears of it before the menu; one from elsewhere does not."""
    choice = {"digit": "1", "next": "bye"}
    menu = {"type": "menu", "prompts": ["main_menu"], "choices": [choice], "default": "bye"}
    nodes: Nodes = {"told": {"type": "announcement", "next": "menu"}, "menu": menu, "bye": BYE}
    await publish(stage, "4217", nodes)
    admin = await stage.person("admin")
    begins = round(time.time() * 1000)
    made = await admin.change("POST", "/api/announcements", {**OUTAGE, "starts_at": begins})
    path = f"/api/announcements/{made['id']}"
    await admin.change("POST", f"{path}/events", {"event": "publish"})
    customer = await calls(stage, "4217", caller=HERE)
    heard = await stage.hears_music(customer)
    menus = stage.journal.every("flow.step_entered.v1", contact=customer.contact, node="menu")
    said = await stage.fact("prompt.began.v1", customer)
    stage.state(
        "The outage is heard, and the menu not yet",
        heard and not menus and VOICE in said.fact("prompts"),
        said.fact("prompts"),
    )
    told = await stage.fact("flow.step_left.v1", customer, node="told", within_s=15)
    stage.state("Its number is noted", told.fact("name") == made["number"], told.fact("name"))
    await step(stage, customer, "menu")
    await customer.hang_up()
    other = await calls(stage, "4217", caller=ELSEWHERE)
    said = await stage.fact("prompt.began.v1", other)
    stage.state("From elsewhere the menu comes at once", VOICE not in said.fact("prompts"))
    counts = (await admin.get(path))["counts"]
    stage.state("One contact counts as having heard it", counts["heard"] == 1, counts)
    await admin.change("POST", f"{path}/events", {"event": "restore"})


ITEMS = (Item(name="announcement", run=outage_is_heard_before_the_menu),)

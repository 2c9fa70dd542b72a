"""The peer: Asterisk's own app_queue, added to the running switch of the bench."""

import os
from collections.abc import Sequence

import httpx2

from lianxi.drills.bench_voice.centre import NUMBER, BenchCentre
from lianxi.kernel.ids import AgentId

PEER_NUMBER = "4200"
PEER_RECORDED = "4201"
RECORDED = NUMBER
"""The product's own way in: every call is recorded from its first moment."""

PLAIN = "4101"
"""The product's way in without the recording."""

OURS = (PLAIN, RECORDED)

_QUEUES = """\
[general]
autofill=yes
[bench]
strategy=leastrecent
ringinuse=no
timeout=20
retry=1
wrapuptime=0
musicclass=default
"""


async def set_up(centre: BenchCentre, members: Sequence[AgentId]) -> None:
    """Load app_queue with these agents as members, and the numbers that lead into it."""
    etc = centre.console.configuration.parent
    file = etc / "queues.conf"
    lines = "".join(f"member => PJSIP/ph-{agent}\n" for agent in members)
    file.write_text(_QUEUES + lines)
    owner = centre.console.configuration.stat()
    os.chown(file, owner.st_uid, owner.st_gid)
    console = centre.console
    for name in ("queuerules.conf",):
        (etc / name).touch()
        os.chown(etc / name, owner.st_uid, owner.st_gid)
    loaded = await console.ask("module show like app_queue")
    if "Running" in loaded:
        await console.ask("queue reload all")
        return
    await console.ask("module load app_queue.so")
    raw = centre.home.recordings_raw
    record = f"MixMonitor({raw}/peer-${{UNIQUEID}}.raw,D)"
    for number, applications in (
        (PEER_NUMBER, ("Ringing", "Queue(bench,r)")),
        (PEER_RECORDED, (record, "Ringing", "Queue(bench,r)")),
        (
            PLAIN,
            (
                "Set(LX_CONTACT=c${REPLACE(UNIQUEID,.,-)})",
                "Set(LX_ROLE=customer)",
                f"Stasis(lianxi,inbound,{NUMBER})",
            ),
        ),
    ):
        for priority, application in enumerate(applications, start=1):
            said = await console.ask(
                f"dialplan add extension {number},{priority},{application} into from-trunk"
            )
            if "added" not in said.lower():
                raise ValueError(f"the dialplan refuses {application}: {said.strip()}")


async def place_contacts(centre: BenchCentre, agents: Sequence[AgentId], port: int) -> None:
    """Let the agents' telephones be where the SIPp of the bench answers: no registrations, and no
    questions whether each is still there, for either side."""
    url, password = centre.ari
    async with httpx2.AsyncClient(auth=("lianxi", password), timeout=20, trust_env=False) as client:
        for agent in agents:
            fields = {
                "contact": f"sip:{agent}@127.0.0.1:{port}",
                "qualify_frequency": "0",
                "max_contacts": "1",
            }
            listed = [{"attribute": name, "value": value} for name, value in fields.items()]
            answer = await client.put(
                f"{url}/asterisk/config/dynamic/res_pjsip/aor/ph-{agent}", json={"fields": listed}
            )
            answer.raise_for_status()

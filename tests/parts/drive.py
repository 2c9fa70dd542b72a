"""A stand-in for the application: brings a part up in a home, says what it sees, and ends.

Run as a program: `drive.py PART END HOME CACHE [sip_port ari_port]`; PART is "postgres" or
"asterisk"; END is "stop", or "crash" to die of SIGKILL and leave the part alone.
"""

import asyncio
import json
import os
import signal
import sys
from pathlib import Path

from lianxi.channels.asterisk.install import find_asterisk
from lianxi.channels.asterisk.process import AsteriskProcess
from lianxi.db.embedded import EmbeddedPostgres
from lianxi.settings import Settings


async def drive(kind: str, end: str, settings: Settings) -> None:
    """Bring the part up, print one line of JSON, end."""
    settings.paths.make()
    part: EmbeddedPostgres | AsteriskProcess
    if kind == "postgres":
        part = EmbeddedPostgres(settings.paths)
    else:
        tree = await find_asterisk(settings)
        part = AsteriskProcess(settings, tree, ari_password="an-example-password")
    await part.start()
    seen = {"pid": part.pid, "adopted": part.adopted, "uid": os.geteuid()}
    sys.stdout.write(json.dumps(seen) + "\n")
    sys.stdout.flush()
    if end == "crash":
        os.kill(os.getpid(), signal.SIGKILL)
    await part.stop()


def main() -> None:
    """Read the arguments."""
    kind, end, home, cache, *ports = sys.argv[1:]
    settings = Settings(home=Path(home), cache=Path(cache))
    if ports:
        sip_port, ari_port = (int(port) for port in ports)
        settings = settings.model_copy(update={"sip_port": sip_port, "ari_port": ari_port})
    asyncio.run(drive(kind, end, settings))


if __name__ == "__main__":
    main()

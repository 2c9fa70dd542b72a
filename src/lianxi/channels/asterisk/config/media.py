"""Music for those who wait, and the tones of China."""

from lianxi.channels.asterisk.config.instance import Instance


def media_files(instance: Instance) -> dict[str, str]:
    """Configuration of music on hold and of tones."""
    return {
        "musiconhold.conf": f"""\
[default]
mode=files
directory={instance.shared}/moh/default
""",
        "indications.conf": _INDICATIONS,
    }


# GB/T 3971: one frequency of 450 Hz, told apart by cadence.
_INDICATIONS = """\
[general]
country=cn
[cn]
description = China
ringcadence = 1000,4000
dial = 450
busy = 450/350,0/350
ring = 450/1000,0/4000
congestion = 450/700,0/700
callwaiting = 450/400,0/4000
dialrecall = 450
record = 950/400,0/10000
info = 450/100,0/100,450/100,0/100,450/100,0/100,450/400,0/400
stutter = 450+425
"""

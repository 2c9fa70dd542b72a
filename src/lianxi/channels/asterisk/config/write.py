"""Writes the configuration of one Asterisk to its folder."""

import hashlib
import os
from pathlib import Path

from lianxi.channels.asterisk.config.core import core_files
from lianxi.channels.asterisk.config.dialplan import dialplan_files
from lianxi.channels.asterisk.config.instance import Instance
from lianxi.channels.asterisk.config.media import media_files
from lianxi.channels.asterisk.config.modules import module_files
from lianxi.channels.asterisk.config.sip import sip_files
from lianxi.parts.account import Account

_OWN_FOLDERS = (
    "lib",
    "lib/keys",
    "db",
    "cache",
    "spool",
    "spool/monitor",
    "spool/tmp",
)
"""Asterisk writes here."""


def render(instance: Instance) -> tuple[dict[str, str], str]:
    """All configuration files by name, and a digest of them.

    Raises:
        AsteriskUnusable: this build of Asterisk lacks a module.
    """
    fixed = {
        **core_files(instance),
        **module_files(instance),
        **sip_files(instance),
        **media_files(instance),
    }
    everything = {**fixed, **dialplan_files(instance, "")}
    ordered = "\0".join(f"{name}\0{everything[name]}" for name in sorted(everything))
    program = "\0".join(instance.tree.command)
    digest = hashlib.sha256(f"{program}\0{ordered}".encode()).hexdigest()[:16]
    return {**fixed, **dialplan_files(instance, digest)}, digest


_PRIVATE = 0o700


def write(instance: Instance, account: Account) -> str:
    """Make the folders and write the files; the account may read but not change them.

    Returns:
        The digest of the configuration.

    Raises:
        AsteriskUnusable: this build of Asterisk lacks a module.
        OSError: a folder cannot be written.
    """
    files, digest = render(instance)
    for folder in (instance.folder, instance.etc, instance.operator, instance.shared):
        folder.mkdir(mode=0o755, parents=True, exist_ok=True)
    for name in _OWN_FOLDERS:
        account.take(instance.folder / name)
    account.take(instance.logs)
    account.take(instance.recordings).chmod(_PRIVATE)  # sound that is not sealed yet
    _link_share(instance)
    _link_messages(instance)
    for name, content in files.items():
        _replace(instance.etc / name, content, account)
    for stray in instance.etc.iterdir():
        if stray.name not in files:
            stray.unlink()
    return digest


def _replace(file: Path, content: str, account: Account) -> None:
    new = file.with_name(file.name + ".new")
    new.unlink(missing_ok=True)
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as stream:
        stream.write(content)
    account.give(new)
    new.replace(file)


def _link_share(instance: Instance) -> None:
    """Give Asterisk its documentation, sounds and music: package scripts would make these links."""
    share = instance.tree.share
    for name in ("documentation", "rest-api"):
        _link(instance.shared / name, share / name)
    sounds = [share / "sounds/en_US_f_Allison", share / "sounds/en"]
    music = [share / "moh", Path("/usr/share/asterisk/moh"), Path("/var/lib/asterisk/moh")]
    for place, choices in (("sounds/en", sounds), ("moh/default", music)):
        found = next((choice for choice in choices if choice.is_dir()), None)
        if found is not None:
            _link(instance.shared / place, found)


def _link_messages(instance: Instance) -> None:
    """What callers leave is written to where recordings are made, not into a corner of the
    switch's own."""
    place = instance.folder / "spool" / "recording"
    if place.is_dir() and not place.is_symlink():
        for left in place.iterdir():
            left.replace(instance.recordings / left.name)
        place.rmdir()
    _link(place, instance.recordings)


def _link(place: Path, target: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    if place.is_symlink():
        if place.readlink() == target:
            return
        place.unlink()
    place.symlink_to(target)

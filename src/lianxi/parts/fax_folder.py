"""Where pages lie that are to be sent: the switch looks for them with `access()`, which knows
nothing of a right to walk through closed folders (`account.py`)."""

import hashlib
import os
import stat
import tempfile
from pathlib import Path

from lianxi.parts.account import account_for, is_reachable
from lianxi.parts.errors import SocketFolderUnsafe


def faxes_folder(home: Path, usual: Path) -> Path:
    """The usual folder where the parts' account may walk to it; else one of that account's own in
    the temporary folder, always the same for the same home, closed to everybody else.

    Raises:
        PartDidNotStart: we are root, and the `setpriv` program is missing.
        SocketFolderUnsafe: somebody else made that folder before us.
        OSError: it cannot be made.
    """
    account = account_for(home, ())
    if is_reachable(usual / "any", account.uid):
        return usual
    digest = hashlib.sha256(os.fsencode(home)).hexdigest()[:12]
    folder = account.take(Path(tempfile.gettempdir(), f"lianxi-fax-{digest}"))
    status = folder.lstat()
    is_own = stat.S_ISDIR(status.st_mode) and status.st_uid == account.uid
    if not is_own or stat.S_IMODE(status.st_mode) & 0o077:
        raise SocketFolderUnsafe(path=str(folder), user=account.uid)
    return folder

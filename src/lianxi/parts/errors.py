"""What can keep a part of the house (PostgreSQL, Asterisk) from running, and what to do about it.

Each docstring is the sentence the operator reads; names in braces are filled from the facts.
"""

from lianxi.kernel.errors import Rejection


class PartRefusal(Rejection):
    """A part of the system cannot run on this machine as it stands."""

    code = "part_refused"

    @property
    def sentence(self) -> str:
        """The class docstring on one line, its braces filled from the facts."""
        return super().sentence.format_map(self.facts)


class PortTaken(PartRefusal):
    """Port {port}/{protocol} on {address} is taken by {program} (process {pid});
    stop that program or choose another port with {setting}."""

    code = "port_taken"


class AlreadyRunning(PartRefusal):
    """Another Lianxi (process {pid}) already works in {path}; stop it first or choose another
    folder with LIANXI_HOME."""

    code = "already_running"


class FolderNotOurs(PartRefusal):
    """{path} belongs to user {owner} while Lianxi would run as user {user}; start it as that user
    or give the folder back with: chown -R {user} {path}"""

    code = "folder_not_ours"


class SocketFolderUnsafe(PartRefusal):
    """{path} is needed for sockets because the path of the home is too long, but it is not a
    private folder of user {user}; remove it or choose a shorter LIANXI_HOME."""

    code = "socket_folder_unsafe"


class DiskFull(PartRefusal):
    """The disk that holds {path} has only {free_mb} MB free; make at least {needed_mb} MB free
    and start again."""

    code = "disk_full"


class PartDidNotStart(PartRefusal):
    """{part} did not start: {reason}. The whole story is in {log}."""

    code = "part_did_not_start"

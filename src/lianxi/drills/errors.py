"""Why a drill cannot begin, in sentences that say what to do; braces are filled from the facts."""

from lianxi.parts.errors import PartRefusal


class PackagesMissing(PartRefusal):
    """The drill needs {packages}. Run this once, then again the drill: sudo {order}"""

    code = "drill_packages_missing"


class NetworkRefused(PartRefusal):
    """The drill runs in a network of its own, and this system refuses one ({why}). Run it as root,
    or allow unprivileged user namespaces; in a container, add the capability SYS_ADMIN."""

    code = "drill_network_refused"


class BrowserMissing(PartRefusal):
    """The drill plays an agent in a real browser and needs the Python package playwright; in a
    checkout `make setup` brings it."""

    code = "drill_browser_missing"


class CentreDidNotStart(PartRefusal):
    """`lianxi up` did not become ready within {within_s} seconds. Its last words: {words}"""

    code = "drill_centre_did_not_start"


class PeerMissing(PartRefusal):
    """The peer {peer} is not here and cannot be installed ({reason}); the bench goes on without it
    when it is left out with --peer."""

    code = "bench_peer_missing"

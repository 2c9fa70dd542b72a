"""The core that a bench measures: the compiled one wherever it can be built."""

import shutil
import subprocess
import sys
from importlib.util import find_spec

from lianxi.engine import core
from lianxi.parts.compiled import checkout, compiled_core, run_compiled


def core_name() -> str:
    """`compiled` or `interpreted`: what this process runs on."""
    return "interpreted" if str(core.__file__).endswith(".py") else "compiled"


def take_compiled() -> None:
    """Build the compiled core when it is not there or too old, and begin anew on it.

    Where it cannot be built (no compiler, no mypyc, not a checkout, an error in the sources) the
    interpreted one is measured, and the report says so.
    """
    root = checkout()
    if core_name() == "compiled" or root is None:
        return
    if compiled_core(root) is None and shutil.which("cc") and find_spec("mypyc"):
        sys.stderr.write("compiling the core; this takes one to three minutes, once\n")
        command = [sys.executable, "-m", "tools.compiled"]
        ran = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
        if ran.returncode:
            sys.stderr.write(f"the core could not be compiled:\n{ran.stdout}{ran.stderr}\n")
    run_compiled()

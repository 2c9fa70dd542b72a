"""What both makers share: the texts, a throw-away environment for a voice, the finished files."""

import argparse
import subprocess
import tempfile
import tomllib
import venv
from collections.abc import Callable
from pathlib import Path

from tools.prompts.audio import finish

ASSETS = Path(__file__).parents[2] / "src/lianxi/assets"
TEXTS = Path(__file__).parent / "texts.toml"

Speak = Callable[[Path, dict[str, str], Path], None]
"""Given the environment's Python, texts by name, and a folder: leaves `<name>.wav` there."""


def texts(language: str) -> dict[Path, str]:
    """What is said in each file, files relative to the assets."""
    tables = tomllib.loads(TEXTS.read_text(encoding="utf-8"))
    prompts = {
        Path("prompts") / language / f"{name}.wav": said[language]
        for name, said in tables["prompts"].items()
    }
    samples = {
        Path("samples") / f"{name}_{language}.wav": said[language]
        for name, said in tables["samples"].items()
    }
    return prompts | samples


def make(language: str, packages: list[str], speak: Speak) -> None:
    """Make the prompts of one language, all or those named on the command line.

    Args:
        language: "zh" or "en".
        packages: what the voice needs, with versions; installed into the throw-away environment.
        speak: runs the voice there.
    """
    parser = argparse.ArgumentParser(description=f"Make the {language} prompts anew.")
    parser.add_argument("names", nargs="*", help="only these, as welcome; all by default")
    parser.add_argument("--environment", type=Path, help="keep the voice's environment here")
    chosen = parser.parse_args()
    wanted = {
        path: text
        for path, text in texts(language).items()
        if not chosen.names or path.stem in chosen.names
    }
    with tempfile.TemporaryDirectory(prefix="lianxi-voice-") as scratch:
        environment = chosen.environment or Path(scratch) / "environment"
        python = _environment(environment, packages)
        spoken = Path(scratch) / "spoken"
        spoken.mkdir()
        speak(python, {path.stem: text for path, text in wanted.items()}, spoken)
        for path, text in wanted.items():
            seconds = finish(spoken / f"{path.stem}.wav", ASSETS / path)
            print(f"{path}  {seconds:.1f} s  {text}")


def _environment(folder: Path, packages: list[str]) -> Path:
    """An environment with the voice in it; an existing one is taken as it is."""
    python = folder / "bin/python"
    if not python.exists():
        print(f"installing {' '.join(packages)}")
        venv.create(folder, with_pip=True)
        command = [str(python), "-m", "pip", "install", "--quiet", "--no-cache-dir", *packages]
        subprocess.run(command, check=True)
    return python

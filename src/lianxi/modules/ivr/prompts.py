"""Prompt files: those that come with the product, and the centre's own before them."""

import os
import re
import tempfile
import wave
from pathlib import Path

from lianxi.kernel.ids import PromptName
from lianxi.modules.ivr.contracts import Prompt
from lianxi.modules.ivr.errors import PromptNameInvalid, PromptNotFound

LANGUAGES = ("zh", "en")
ASSETS = Path(__file__).parents[2] / "assets" / "prompts"
"""The prompts that come with the product."""

_NAME = re.compile(r"[a-z0-9_]{1,60}")


class Prompts:
    """The prompts a centre can play.

    Args:
        own: the folder with `zh/` and `en/` for the centre's own recordings.
        shipped: the same for those that come with the product.
    """

    def __init__(self, own: Path, shipped: Path = ASSETS) -> None:
        self._own = own
        self._shipped = shipped

    def names(self, language: str = LANGUAGES[0]) -> set[PromptName]:
        """What can be played in a language."""
        return {
            PromptName(path.stem)
            for folder in (self._shipped, self._own)
            for path in (folder / language).glob("*.wav")
        }

    def all(self) -> list[Prompt]:
        """Every prompt in every language, by name; the centre's own hides the shipped one."""
        found: dict[tuple[str, str], Prompt] = {}
        for folder, is_own in ((self._shipped, False), (self._own, True)):
            for language in LANGUAGES:
                for path in (folder / language).glob("*.wav"):
                    found[path.stem, language] = Prompt(
                        name=PromptName(path.stem),
                        language=language,
                        duration_ms=_length(path),
                        is_own=is_own,
                    )
        return [found[key] for key in sorted(found)]

    def path(self, name: str, language: str) -> Path:
        """The file that is played.

        Raises:
            PromptNotFound.
        """
        if _NAME.fullmatch(name) and language in LANGUAGES:
            for folder in (self._own, self._shipped):
                path = folder / language / f"{name}.wav"
                if path.is_file():
                    return path
        raise PromptNotFound(name=name[:60], language=language)

    def is_own(self, name: str, language: str) -> bool:
        """Whether the centre's own recording is played.

        Raises:
            PromptNotFound.
        """
        return self.path(name, language).is_relative_to(self._own)

    def is_shipped(self, name: str, language: str) -> bool:
        """Whether one came with the product, be it heard or hidden by the centre's own."""
        return (self._shipped / language / f"{name}.wav").is_file()

    def drop(self, name: str, language: str) -> None:
        """Remove the centre's own recording. A call that plays it plays it to the end.

        Raises:
            PromptNotFound: there is none of the centre's own.
        """
        if not self.is_own(name, language):
            raise PromptNotFound(name=name[:60], language=language)
        self.path(name, language).unlink()

    def put(self, name: str, language: str, content: bytes) -> None:
        """Replace a prompt by the centre's own. A call that plays the old one plays it to the end.

        Args:
            name: small letters, digits, underscores.
            language: one of `LANGUAGES`.
            content: a file as `sound.line_wav` gives it.

        Raises:
            PromptNameInvalid.
            OSError: the disk is full or not writable.
        """
        if not _NAME.fullmatch(name) or language not in LANGUAGES:
            raise PromptNameInvalid(name=name[:60])
        folder = self._own / language
        folder.mkdir(parents=True, exist_ok=True)
        # Written beside its place and moved there: the switch never opens half a file.
        handle, draft = tempfile.mkstemp(dir=folder, prefix=f".{name}.", suffix=".new")
        try:
            with open(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            os.chmod(draft, 0o644)  # the switch may run under an account of its own
            os.replace(draft, folder / f"{name}.wav")
        except OSError:
            Path(draft).unlink(missing_ok=True)
            raise


def _length(path: Path) -> int:
    try:
        with wave.open(str(path)) as file:
            return int(1000 * file.getnframes() / file.getframerate())
    except (wave.Error, EOFError):
        return 0

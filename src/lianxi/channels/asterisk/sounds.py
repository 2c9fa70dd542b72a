"""Finds the file of a prompt: the centre's own recording first, then the one that comes along."""

from pathlib import Path
from typing import Final

import structlog

import lianxi
from lianxi.kernel.ids import PromptName

TONES: Final = Path(lianxi.__file__).parent / "assets" / "tones"
HOLD_ALARM: Final = f"sound:{TONES / 'hold_alarm'}"
"""A customer is forgotten on hold."""
BEEP: Final = f"sound:{TONES / 'beep'}"
"""The caller may speak."""

log = structlog.get_logger(__name__)


class Sounds:
    """Prompt names to media that Asterisk can play.

    Args:
        folders: searched in this order; each holds one folder per language with `<name>.wav`.
        language: the centre's: the folder's name, as "zh".
    """

    def __init__(self, folders: tuple[Path, ...], language: str) -> None:
        self._folders = folders
        self._language = language

    def media(self, prompt: PromptName, language: str = "") -> str | None:
        """The prompt as a media address, or None (and a log line) when there is no file.

        Args:
            prompt: its name.
            language: the caller's choice; a prompt it lacks is said in the centre's. Empty = the
                centre's.
        """
        for spoken in dict.fromkeys((language or self._language, self._language)):
            for folder in self._folders:
                path = folder / spoken / f"{prompt}.wav"
                if path.is_file():
                    return f"sound:{path.with_suffix('')}"
        log.error("prompt_missing", prompt=prompt, language=language or self._language)
        return None

    def all_media(self, prompts: tuple[PromptName, ...], language: str = "") -> tuple[str, ...]:
        """Media of those prompts that have a file."""
        found = (self.media(prompt, language) for prompt in prompts)
        return tuple(media for media in found if media is not None)

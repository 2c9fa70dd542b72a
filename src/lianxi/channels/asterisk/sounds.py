"""Finds the file of a prompt: the centre's own recording first, then the one that comes along."""

from pathlib import Path

import structlog

from lianxi.kernel.ids import PromptName

log = structlog.get_logger(__name__)


class Sounds:
    """Prompt names to media that Asterisk can play.

    Args:
        folders: searched in this order; each holds one folder per language with `<name>.wav`.
        language: the folder's name, as "zh".
    """

    def __init__(self, folders: tuple[Path, ...], language: str) -> None:
        self._folders = tuple(folder / language for folder in folders)
        self._language = language

    def media(self, prompt: PromptName) -> str | None:
        """The prompt as a media address, or None (and a log line) when there is no file."""
        for folder in self._folders:
            path = folder / f"{prompt}.wav"
            if path.is_file():
                return f"sound:{path.with_suffix('')}"
        log.error("prompt_missing", prompt=prompt, language=self._language)
        return None

    def all_media(self, prompts: tuple[PromptName, ...]) -> tuple[str, ...]:
        """Media of those prompts that have a file."""
        return tuple(media for prompt in prompts if (media := self.media(prompt)) is not None)

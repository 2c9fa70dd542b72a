"""The operator's settings, or one clear sentence for each that cannot be used."""

from pydantic import ValidationError

from lianxi.cli.running import fail
from lianxi.settings import Settings


def configured() -> Settings:
    """Read the settings.

    Raises:
        typer.Exit: with code 1, after each wrong setting was named.
    """
    try:
        return Settings()
    except ValidationError as refused:
        raise fail(
            *(
                f"{_variable(error['loc'])}: {error['msg']}{_shown(error['loc'], error['input'])}. "
                "See docs/reference/settings.md. [settings_invalid]"
                for error in refused.errors()
            )
        ) from None


def _variable(place: tuple[int | str, ...]) -> str:
    return f"LIANXI_{str(place[0]).upper()}" if place else "The LIANXI_ settings"


def _shown(place: tuple[int | str, ...], value: object) -> str:
    """What was given, unless it holds a password or is all of the settings at once."""
    return f" (it is {value!r})" if place and place[0] != "database_url" else ""

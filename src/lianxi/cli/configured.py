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
                f"{_variable(error['loc'])}: {error['msg']} (it is {error['input']!r}). "
                "See docs/reference/settings.md. [settings_invalid]"
                for error in refused.errors()
            )
        ) from None


def _variable(place: tuple[int | str, ...]) -> str:
    return f"LIANXI_{str(place[0]).upper()}" if place else "The LIANXI_ settings"

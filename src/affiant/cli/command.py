"""What every command shares: the options that may stand before or behind its name."""

from collections.abc import Callable
from typing import Any

import click

from affiant.cli.settings import Settings, read_settings

_KEYS = ("folder", "person", "as_json", "rehearsal")


def _remember(context: click.Context, parameter: click.Parameter, value: object) -> object:
    """Keep an option that was given, wherever it stood; the innermost wins."""
    if value not in (None, False) and parameter.name:
        context.find_root().meta[f"affiant.{parameter.name}"] = value
    return value


SHARED = (
    click.Option(
        ["--case", "folder"],
        metavar="DIR",
        expose_value=False,
        callback=_remember,
        help="The case's folder; the one you stand in where not given.",
    ),
    click.Option(
        ["--as", "person"],
        metavar="NAME",
        expose_value=False,
        callback=_remember,
        help="Whose key signs; the first one made where not given.",
    ),
    click.Option(
        ["--json", "as_json"],
        is_flag=True,
        expose_value=False,
        callback=_remember,
        help="JSON Lines on standard output, errors too.",
    ),
)
REHEARSAL = click.Option(
    ["--dry-run", "rehearsal"],
    is_flag=True,
    expose_value=False,
    callback=_remember,
    help="Do everything but keep nothing of it.",
)


def settings_of(context: click.Context) -> Settings:
    """Return the settings from what was given anywhere on the line."""
    meta = context.find_root().meta
    found: dict[str, Any] = {key: meta.get(f"affiant.{key}") for key in _KEYS}
    return read_settings(
        folder=found["folder"] or ".",
        person=found["person"],
        as_json=bool(found["as_json"]),
        rehearsal=bool(found["rehearsal"]),
    )


class Command(click.Command):
    """A command that takes the shared options."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params = [*self.params, *SHARED]

    def invoke(self, ctx: click.Context) -> Any:
        """Read the settings, then run."""
        ctx.obj = settings_of(ctx)
        return super().invoke(ctx)


class WritingCommand(Command):
    """A command that records something: it takes ``--dry-run`` too."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params = [*self.params, REHEARSAL]


class Group(click.Group):
    """A group of commands that takes the shared options."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params = [*self.params, *SHARED]


def writes(function: Callable[..., Any]) -> click.Command:
    """Make a command that records something."""
    return click.command(cls=WritingCommand)(function)


def reads(function: Callable[..., Any]) -> click.Command:
    """Make a command that records nothing."""
    return click.command(cls=Command)(function)

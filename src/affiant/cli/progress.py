"""A progress bar, on a terminal only and never on standard output."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from affiant.cli.settings import Settings


@contextmanager
def progress(
    settings: Settings, *, title: str, total: int | None = None
) -> Iterator[Callable[[str], None]]:
    """Yield a function to call once an item; it draws only where a person watches."""
    console = Console(stderr=True)
    if settings.as_json or not console.is_terminal:
        yield lambda _: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeElapsedColumn(), console=console, transient=True) as bar:
        task = bar.add_task(title, total=total)
        yield lambda _: bar.advance(task)

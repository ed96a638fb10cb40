"""A progress bar, on a terminal only and never on standard output."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)

from affiant.audit.report import Step
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


@contextmanager
def steps(settings: Settings, *, title: str) -> Iterator[Callable[[Step], None]]:
    """Yield a function to call as the parts of long work go on, each with its own bar."""
    console = Console(stderr=True)
    if settings.as_json or not console.is_terminal:
        yield lambda _: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeElapsedColumn(), console=console, transient=True) as bar:
        tasks: dict[str, TaskID] = {}

        def _show(step: Step) -> None:
            if step.name not in tasks:
                tasks[step.name] = bar.add_task(f"{title}: {step.name}", total=step.total)
            bar.update(tasks[step.name], completed=step.done, total=step.total)

        yield _show

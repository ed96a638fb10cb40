"""``affiant estimate``: how many nobody recorded, with its assumptions, or why not."""

from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import click

from affiant.cli.command import writes
from affiant.cli.settings import Settings
from affiant.errors import WrongUseError
from affiant.model.vocabulary import FAMILIES


@writes
@click.option(
    "--patterns",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A table, CSV or JSON: a 0/1 column per list, and last a column 'count'.",
)
@click.option(
    "--persons",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A table, CSV or JSON, of one row a person: a 0/1 column per list.",
)
@click.option(
    "--of",
    "family",
    type=click.Choice(tuple(FAMILIES)),
    default="killing",
    show_default=True,
    help="In a case: whose victims.",
)
@click.option(
    "--list",
    "lists",
    multiple=True,
    metavar="SOURCE",
    help="In a case: take these sources as lists; all that list persons if not given.",
)
@click.option(
    "--by",
    multiple=True,
    metavar="COLUMN",
    help="Estimate apart: place, period or act; in a table any column of it.",
)
@click.option(
    "--derived",
    multiple=True,
    metavar="LIST=LIST",
    help="Declare that one of two lists was made from the other.",
)
@click.option(
    "--merge-derived", is_flag=True, help="Make one list of lists that were made from one another."
)
@click.option(
    "--seed",
    type=click.IntRange(0, 2**32 - 1),
    default=1,
    show_default=True,
    help="For what is drawn at random; the same seed gives the same bytes.",
)
@click.option(
    "--budget",
    type=click.IntRange(0, 1_000_000),
    default=1500,
    show_default=True,
    help="Most draws per chain of the latent-class sampler.",
)
@click.option("--csv", "as_csv", is_flag=True, help="Print the lines as CSV.")
@click.option(
    "--page",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write the whole report as one HTML page.",
)
@click.option(
    "--keep-table",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write the capture table as JSON, with the links that it came from.",
)
@click.option(
    "--keep",
    metavar="WHY",
    help="Keep the estimate in the log, with why; stands on the page if it is published.",
)
@click.option(
    "--small-cells",
    metavar="WHY",
    help="With --keep: why cells of one or two people may be shown; recorded.",
)
@click.option(
    "--again",
    metavar="ID",
    help="Work a kept estimate out again from its table and seed, and compare.",
)
@click.option("--kept", is_flag=True, help="List the estimates that were kept.")
@click.pass_obj
def estimate(settings: Settings, /, **asked: Any) -> None:  # fmt: skip
    """Estimate how many people no list names, by three families of methods, or refuse.

    The lists are the sources of a case that list linked persons, or the columns of a table.
    Whoever is documented is among those estimated: the two are never added up. A refusal
    leaves with 4 and says what would help. With --keep your key signs what was asked,
    counted and said; 'affiant publish approve estimate:ID' puts it into the site.

    Example: affiant estimate --patterns lists.csv --page estimate.html
    """
    _work().run(settings, asked=asked)


def _work() -> ModuleType:
    """Return the module that does it.

    Raises:
        WrongUseError: What it computes with is not installed.
    """
    try:
        return import_module("affiant.cli.estimating")
    except ModuleNotFoundError as problem:
        if (problem.name or "").partition(".")[0] not in ("scipy", "numpy"):
            raise
        raise WrongUseError(
            "estimating needs the extra 'estimate', which is not installed",
            remedy="Install it: pip install 'affiant[estimate]'.",
        ) from problem

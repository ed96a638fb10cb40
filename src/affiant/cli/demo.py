"""``affiant demo``: the sample case, from documents to a checked bundle."""

import subprocess
import sys
import webbrowser
import zipfile
from collections.abc import Callable
from pathlib import Path
from time import monotonic

import click

from affiant.audit import verify_bundle, verify_case
from affiant.audit.report import Report
from affiant.cli import sample_case
from affiant.cli.command import writes
from affiant.cli.output import print_line, say
from affiant.cli.publish import decide_publication
from affiant.cli.sample_case import Sample, load_plan
from affiant.cli.settings import Settings
from affiant.corroborate import numbers_of_case
from affiant.corroborate.origins import propose_origins
from affiant.errors import IntegrityError, WrongUseError
from affiant.log.keys import SigningKey, load_key, new_key, save_key
from affiant.publish import SiteForm, make_bundle, publish_site
from affiant.store import Case, create_case

NOTICE = "Sample case. Tarvand is not a country; every person, place and event is invented."


@writes
@click.argument("target", required=False, type=click.Path(path_type=Path))
@click.option("--open", "show", is_flag=True, help="Open the site in the browser.")
@click.pass_obj
def demo(settings: Settings, target: Path | None, show: bool) -> None:
    """Build the sample case in a new folder: every step, from documents to a checked bundle.

    Two invented reviewers sign. Everything in the case is invented.

    Example: affiant demo qarsan
    """
    folder = target or _free_folder()
    if folder.exists():
        raise WrongUseError(f"{folder} exists", remedy="Name a new folder.")
    if settings.surroundings.rehearsal:
        say(settings, message=f"Would build the sample case in {folder}.")
        return
    began = monotonic()
    index, bundle, pin = build(settings, folder=folder)
    took = monotonic() - began
    if settings.as_json:
        print_line({"folder": str(folder), "index": str(index), "bundle": str(bundle), "pin": pin})
    say(settings, message=f"\nDone in {took:.0f} seconds. Where to look:")
    say(settings, message=f"  the site      {index.resolve()}")
    say(settings, message=f"  the bundle    {bundle}")
    say(settings, message=f"  the case      affiant --case {folder} status")
    say(settings, message=f"  check it      affiant verify {bundle} --pin {pin}")
    if show:
        webbrowser.open(index.resolve().as_uri())


def _free_folder() -> Path:
    """Return a name for a new folder where one stands."""
    number = 0
    folder = Path("qarsan")
    while folder.exists():
        number += 1
        folder = Path(f"qarsan-{number}")
    return folder


def build(settings: Settings, *, folder: Path) -> tuple[Path, Path, str]:
    """Build the sample case; return the site's index, the bundle and the key to pin."""
    plan = load_plan()
    keys = tuple(_reviewer_key(settings, name=name) for name in plan["reviewers"])
    sample = Sample(plan=plan, keys=keys)
    with create_case(
        folder,
        name=plan["case"]["name"],
        key=keys[0],
        person=plan["reviewers"][0],
        surroundings=settings.surroundings,
    ) as case:
        for title, step in _steps(settings, sample=sample):
            began = monotonic()
            outcome = step(case)
            detail = f": {outcome}" if outcome else ""
            say(settings, message=f"{title}{detail}  ({monotonic() - began:.1f} s)")
    bundle = folder / "out" / "bundle.zip"
    _check_by_itself(settings, bundle=bundle, pin=keys[0].public)
    return folder / "out" / "site" / "index.html", bundle, keys[0].public


def _steps(settings: Settings, *, sample: Sample) -> list[tuple[str, Callable[[Case], str | None]]]:
    """Return the steps of the work, each with its title."""
    return [
        ("Two reviewers, both needed", lambda case: _admit(case, sample=sample)),
        (
            "Preserve",
            lambda case: _count(sample_case.preserve(case, sample=sample), what="originals kept"),
        ),
        ("Read", lambda case: _read(case, sample=sample)),
        ("Who repeats whom", lambda case: f"{len(propose_origins(case))} proposals"),
        ("Sources, knowers, origins", lambda case: sample_case.declare(case, sample=sample)),
        ("Suggest", lambda case: f"{sample_case.suggest(case)} claims proposed"),
        ("Review, each blind first", lambda case: _tally(sample_case.review(case, sample=sample))),
        ("Knowers and read-through", lambda case: sample_case.know(case, sample=sample)),
        ("Link incidents and persons", lambda case: sample_case.link(case, sample=sample)),
        ("Decide what may be shown", lambda case: _decide(case, sample=sample)),
        ("Publish the site", lambda case: _publish(case, sample=sample)),
        ("Bundle", _bundle),
        ("Verify the case", lambda case: _whole(verify_case(case, pin=sample.keys[0].public))),
        (
            "Verify the bundle",
            lambda case: _whole(
                verify_bundle(case.folder / "out" / "bundle.zip", pin=sample.keys[0].public)
            ),
        ),
    ]


def _reviewer_key(settings: Settings, *, name: str) -> SigningKey:
    """Return an invented reviewer's key, made where there is none; it is nobody's default."""
    path = settings.key_path(name)
    if not path.is_file():
        save_key(new_key(), path=path)
    return load_key(path)


def _admit(case: Case, *, sample: Sample) -> str:
    """Admit the second reviewer and ask for two."""
    with case.writing(sample.keys[0]) as pen:
        for key, name in list(zip(sample.keys, sample.plan["reviewers"], strict=True))[1:]:
            pen.record(
                "key.admitted/1", body={"key": key.public, "name": name, "roles": ["member"]}
            )
        pen.record("policy.set/1", body={"name": "reviewers_needed", "value": "2"})
    return " and ".join(sample.plan["reviewers"])


def _count(number: int, *, what: str) -> str:
    return f"{number} {what}"


def _read(case: Case, *, sample: Sample) -> str:
    sample_case.read(case, sample=sample)
    unread = case.documents.unread()
    return f"{len(case.documents.texts())} texts, {len(unread)} unread"


def _tally(counts: dict[str, int]) -> str:
    return ", ".join(f"{number} {what}" for what, number in counts.items())


def _decide(case: Case, *, sample: Sample) -> str:
    """Record what may be shown."""
    for item in sample.plan["publish"]:
        kind, _, name = item["item"].partition(":")
        known = sample.ids[name] if kind == "document" else sample.ids[item["item"]]
        decide_publication(
            case,
            item=f"{kind}:{known}",
            verdict=item["verdict"],
            why=item["why"],
            key=sample.keys[0],
        )
    return f"{len(sample.plan['publish'])} decisions"


def _publish(case: Case, *, sample: Sample) -> str:
    """Publish the site."""
    form = SiteForm(
        title=sample.plan["case"]["name"],
        contact="This is a sample: there is nobody to write to.",
        bundle="bundle.zip",
        notice=NOTICE,
    )
    release = publish_site(case, form=form, key=sample.keys[0])
    return f"{release.pages} pages, {release.numbers} numbers"


def _bundle(case: Case) -> str:
    """Make the bundle of the whole case."""
    report = make_bundle(
        case,
        target=case.folder / "out" / "bundle.zip",
        numbers=[number.plain() for number in numbers_of_case(case)],
    )
    return f"{report.entries} entries, {report.originals} originals, {report.size // 1024} kB"


def _whole(report: Report) -> str:
    """Return what was checked; stop where something is broken.

    Raises:
        IntegrityError: The sample case does not verify.
    """
    if report.exit_code:
        first = report.problems[0].detail if report.problems else report.not_checked[0]
        raise IntegrityError(
            f"the sample case does not verify: {first}", remedy="Report this: it is our mistake."
        )
    return ", ".join(f"{number} {what}" for what, number in report.checked.items())


def _check_by_itself(settings: Settings, *, bundle: Path, pin: str) -> None:
    """Run the verifier that lies in the bundle, as an opponent would.

    Raises:
        IntegrityError: It does not say that all is well.
    """
    began = monotonic()
    verifier = bundle.with_name("verify.py")
    with zipfile.ZipFile(bundle) as archive:
        verifier.write_bytes(archive.read("verify.py"))
    done = subprocess.run(  # noqa: S603  (our own file, just written, no shell)
        [sys.executable, "-I", str(verifier), str(bundle), "--pin", pin],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise IntegrityError(
            f"the bundle's own verifier left with {done.returncode}: {done.stdout[-400:]}",
            remedy="Report this: it is our mistake.",
        )
    say(settings, message=f"Verify the bundle without us  ({monotonic() - began:.1f} s)")

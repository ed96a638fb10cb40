"""``affiant publish``: decide what may be shown, and draw the site."""

import click

from affiant.cli.command import Command, Group, WritingCommand
from affiant.cli.documents import document_named
from affiant.cli.output import print_line, print_lines, print_table, say
from affiant.cli.settings import Settings
from affiant.errors import BadInputError, NotFoundError, PersonNeededError
from affiant.log.keys import SigningKey
from affiant.publish import SiteForm, publish_site
from affiant.publish.drafting import PUBLISH
from affiant.publish.site import estimate_pages
from affiant.store import Case

NO_CONTACT = "No address is given here: ask whoever gave you these pages."


@click.group(cls=Group)
def publish() -> None:
    """Decide what may be shown; draw the site from these decisions and nothing else.

    Example: affiant publish approve incident:ID --why "Read through by both of us"
    """


def item_named(case: Case, *, item: str) -> str:
    """Return ``incident:ID``, ``person:``, ``document:`` or ``estimate:ID`` with its full id.

    Raises:
        BadInputError: Another kind of thing.
        NotFoundError: The case has no such thing, or several.
    """
    kind, _, name = item.partition(":")
    if kind == "document":
        return f"document:{document_named(case, key=name)}"
    if kind == "incident":
        ids = [
            row.incident_id
            for row in case.incidents.all()
            if name and (row.incident_id.startswith(name) or row.label == name)
        ]
    elif kind == "person":
        ids = [
            row.person_id
            for row in case.incidents.persons()
            if name and (row.person_id.startswith(name) or row.name == name)
        ]
    elif kind == "estimate":
        kept = case.estimates.all()
        ids = [row.estimate_id for row in kept if name and row.estimate_id.startswith(name)]
    else:
        raise BadInputError(
            f"{item!r} cannot be published",
            remedy="Write incident:ID, person:ID, document:ID or estimate:ID.",
        )
    if len(ids) != 1:
        raise NotFoundError(
            f"{item!r} means {len(ids)} things",
            remedy="See 'affiant link list'; of estimates 'affiant estimate --kept'.",
        )
    return f"{kind}:{ids[0]}"


def decide_publication(case: Case, *, item: str, verdict: str, why: str, key: SigningKey) -> str:
    """Record a decision about publishing one thing; return the thing's full name.

    Raises:
        PersonNeededError: An estimate is to be published that is stale, or whose small counts
            nobody answered for.
    """
    meant = item_named(case, item=item)
    if verdict == PUBLISH and meant.startswith("estimate:"):
        [row] = [row for row in case.estimates.all() if meant.endswith(row.estimate_id)]
        refusal = estimate_pages().why_not(row, case=case)
        if refusal:
            raise PersonNeededError(
                f"the estimate cannot be published: {refusal}",
                remedy="Make and keep it again: affiant estimate --keep WHY, and where counts of "
                "one or two people endanger nobody, --small-cells WHY.",
            )
    with case.writing(key) as pen:
        pen.record("publication.decided/1", body={"item": meant, "verdict": verdict, "why": why})
    return meant


def _decided(settings: Settings, *, item: str, verdict: str, why: str) -> None:
    with settings.open() as case:
        meant = decide_publication(case, item=item, verdict=verdict, why=why, key=settings.key())
    if settings.as_json:
        print_line({"item": meant, "verdict": verdict})
    say(settings, message=f"{verdict}: {meant}")


@publish.command("approve", cls=WritingCommand)
@click.argument("item")
@click.option("--why", required=True, help="In words; recorded.")
@click.pass_obj
def approve(settings: Settings, item: str, why: str) -> None:
    """Decide that an incident, a person, a kept estimate, or a document's quotes may be shown."""
    _decided(settings, item=item, verdict="publish", why=why)


@publish.command("withhold", cls=WritingCommand)
@click.argument("item")
@click.option("--why", required=True, help="Shown for persons: must not say whom.")
@click.pass_obj
def withhold(settings: Settings, item: str, why: str) -> None:
    """Decide that something is not shown, or not any more."""
    _decided(settings, item=item, verdict="withhold", why=why)


@publish.command("list", cls=Command)
@click.pass_obj
def list_command(settings: Settings) -> None:
    """List what was decided about publishing."""
    with settings.open() as case:
        found = case.policies.publications()
    if settings.as_json:
        print_lines({"item": item, "verdict": v, "why": why} for item, (v, why) in found.items())
        return
    print_table(["Item", "Verdict", "Why"], rows=[[item, *rest] for item, rest in found.items()])


@publish.command("site", cls=WritingCommand)
@click.option("--title", help="Name of the case file on the pages.")
@click.option("--contact", default=NO_CONTACT, help="Whom to write to, with an address.")
@click.option("--keeper", help="Who keeps the case file.")
@click.option("--bundle", default="", help="File name of the bundle that goes with the site.")
@click.option("--notice", default="", help="A line under the head of every page.")
@click.pass_obj
def site(settings: Settings, /, title: str | None, **words: str) -> None:
    """Draw the site into out/site; it opens from the folder, without a network."""
    with settings.open() as case:
        form = SiteForm(title=title or case_name(case), **words)
        release = publish_site(case, form=form, key=settings.key())
    index = release.folder / "index.html"
    if settings.as_json:
        print_line(
            {
                "release": release.release_id,
                "index": str(index),
                "pages": release.pages,
                "numbers": release.numbers,
                "unread_documents": release.unread,
                "opposing_claims_left_out": release.omitted,
                "estimates": release.estimates,
                "estimates_left_out": list(release.estimates_left_out),
            }
        )
    say(
        settings,
        message=f"{release.pages} pages, {release.numbers} numbers; {release.unread} documents "
        f"unread, {release.omitted} opposing claims left out.",
    )
    for why in release.estimates_left_out:
        say(settings, message=f"An estimate is left out, and the site says so: {why}.")
    say(settings, message=f"Open {index}")


def case_name(case: Case) -> str:
    """Return the name that the case was opened under."""
    fields = case.logbook.at(0).fields() or {}
    return str(fields.get("name") or case.folder.name)

"""Draws every page of a site: the same view gives the same bytes."""

from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from affiant.publish.pages import labels
from affiant.publish.pages.chart import range_chart, timeline
from affiant.publish.pages.data import check_data, estimate_data, tables_data
from affiant.publish.pages.links import confirm_links
from affiant.publish.pages.marks import shown, visible
from affiant.publish.pages.views import CheckView, EstimateView, IncidentView, PersonView, SiteView

_HERE: Final = Path(__file__).parent
_STATIC: Final = ("check.js", "proof.js", "site.css", "site.js")

POLICY: Final = (
    "default-src 'none'; style-src 'self' file:; script-src 'self' file:; "
    "img-src 'self' file: data:; base-uri 'none'; form-action 'none'"
)
"""What a page may load: nothing but the site's own files.

``file:`` stands beside ``'self'`` because a page opened from a folder has no origin of its
own, and not every browser lets ``'self'`` match there; over the network it allows nothing.
"""


def render_site(view: SiteView) -> dict[str, bytes]:
    """Draw the whole site.

    Args:
        view: Everything that the pages show.

    Returns:
        Path inside the site's folder, with forward slashes, to the file's bytes; sorted.

    Raises:
        ValueError: An id occurs twice, or a link leads nowhere.
    """
    confirm_links(view)
    draw = _Drawing(view)
    pages = draw.single_pages()
    for incident in view.incidents:
        pages[f"incident/{incident.incident_id}.html"] = draw.incident(incident)
    for person in view.persons:
        pages[f"person/{person.person_id}.html"] = draw.person(person)
    for check in view.checks:
        pages[f"check/{check.number_id}.html"] = draw.check(check)
        pages[f"check/{check.number_id}.data.js"] = check_data(check.proof)
    for estimate in view.estimates.shown:
        pages[f"estimate/{estimate.estimate_id}.html"] = draw.estimate(estimate)
        pages[f"estimate/{estimate.estimate_id}.data.js"] = estimate_data(estimate)
        pages["assets/figures.css"] = (_HERE / "static" / "figures.css").read_bytes()
    pages["assets/tables.data.js"] = tables_data(view.folding)
    for name in _STATIC:
        pages[f"assets/{name}"] = (_HERE / "static" / name).read_bytes()
    return dict(sorted(pages.items()))


class _Drawing:
    """Fills the templates for one site."""

    def __init__(self, site: SiteView) -> None:
        self._site = site
        self._templates = _environment()
        self._incidents = {each.incident_id: each for each in site.incidents}
        self._persons = {each.person_id: each for each in site.persons}
        self._rules = {each.rule_id: each for each in site.rules}
        self._checks = {each.number_id: each for each in site.checks}

    def single_pages(self) -> dict[str, bytes]:
        """Draw the pages that stand at the top of the folder."""
        names = ("index", "register", "method", "proves")
        return {f"{name}.html": self._draw(name, root="") for name in names}

    def incident(self, incident: IncidentView) -> bytes:
        """Draw the page of one incident."""
        charts = {each.question: range_chart(each.bars) for each in incident.ranges}
        return self._draw(
            "incident",
            root="../",
            incident=incident,
            charts=charts,
            voices=incident.matrix.by_letter,
            timeline=timeline(incident.timeline),
        )

    def person(self, person: PersonView) -> bytes:
        """Draw the page of one person."""
        return self._draw("person", root="../", person=person)

    def check(self, check: CheckView) -> bytes:
        """Draw the page that checks one number."""
        return self._draw("check", root="../", check=check)

    def estimate(self, estimate: EstimateView) -> bytes:
        """Draw the page of one estimate."""
        return self._draw("published_estimate", root="../", estimate=estimate)

    def _draw(self, name: str, *, root: str, **shown: object) -> bytes:
        template = self._templates.get_template(f"{name}.html")
        page = template.render(
            page=name,
            root=root,
            site=self._site,
            incidents=self._incidents,
            persons=self._persons,
            rules=self._rules,
            checks=self._checks,
            **shown,
        )
        return page.encode("utf-8")


def _environment() -> Environment:
    """Return the templates: everything escaped, nothing undefined, no hidden character."""
    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=shown,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals.update(
        policy=POLICY,
        states=labels.STATES,
        state_meanings=labels.STATE_MEANINGS,
        questions=labels.QUESTIONS,
        range_titles=labels.RANGES,
        slots=labels.SLOTS,
        kinds=labels.TIMELINE,
        purposes=labels.PURPOSES,
    )
    environment.filters["visible"] = visible
    environment.tests["contains"] = lambda values, value: value in values
    return environment

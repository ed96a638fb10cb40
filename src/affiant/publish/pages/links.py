"""Confirms, before a page is drawn, that every link of a site leads somewhere."""

from collections.abc import Iterable, Iterator

from affiant.publish.pages.views import IncidentView, SiteView


def confirm_links(site: SiteView) -> None:
    """Confirm that ids are unique and that whatever they name is on the site.

    Raises:
        ValueError: An id occurs twice (in any letter case), or names nothing.
    """
    incidents = _unique("incident", ids=(each.incident_id for each in site.incidents))
    persons = _unique("person", ids=(each.person_id for each in site.persons))
    numbers = _unique("number", ids=(each.number_id for each in site.checks))
    _unique("estimate", ids=(each.estimate_id for each in site.estimates.shown))
    rules = _unique("rule", ids=(each.rule_id for each in site.rules))
    for person in site.persons:
        _confirm(person.person_id, wanted=person.incidents, known=incidents)
    for check in site.checks:
        _confirm(check.number_id, wanted=[check.incident_id], known=incidents)
        _confirm(check.number_id, wanted=[check.rule_id], known=rules)
    for estimate in site.estimates.shown:
        _confirm(estimate.estimate_id, wanted=estimate.incidents, known=incidents)
    for omission in site.omissions:
        wanted = [omission.incident_id] if omission.incident_id else []
        _confirm("an omission", wanted=wanted, known=incidents)
    for incident in site.incidents:
        here = _unique("passage", ids=(each.passage_id for each in incident.passages))
        _confirm(incident.incident_id, wanted=incident.persons, known=persons)
        _confirm(incident.incident_id, wanted=_numbers(incident), known=numbers)
        _confirm(incident.incident_id, wanted=_passages(incident), known=here)
        _confirm(
            incident.incident_id, wanted=[each.rule_id for each in incident.grades], known=rules
        )


def _unique(kind: str, *, ids: Iterable[str]) -> set[str]:
    """Return the ids; some file systems do not tell letter case."""
    seen: dict[str, str] = {}
    for each in ids:
        if each.casefold() in seen:
            raise ValueError(f"two {kind}s are called {each!r} and {seen[each.casefold()]!r}")
        seen[each.casefold()] = each
    return set(seen.values())


def _confirm(where: str, *, wanted: Iterable[str], known: set[str]) -> None:
    for each in wanted:
        if each not in known:
            raise ValueError(f"{where} links to {each!r}, which is not on the site")


def _numbers(incident: IncidentView) -> Iterator[str]:
    """Yield every number that the incident's page links to."""
    for each in incident.ranges:
        if each.number_id is not None:
            yield each.number_id
    for row in incident.matrix.rows:
        if row.number_id is not None:
            yield row.number_id
    for passage in incident.passages:
        yield from passage.number_ids


def _passages(incident: IncidentView) -> Iterator[str]:
    """Yield every passage that the incident's page links to."""
    cells = [cell for row in incident.matrix.rows for cell in row.cells]
    quotes = [quote for cell in cells for quote in cell.quotes]
    quotes += [quote for item in incident.against for quote in item.quotes]
    for quote in quotes:
        if quote.passage_id is not None:
            yield quote.passage_id
    for each in incident.ranges:
        for aggregate in each.aggregates:
            if aggregate.passage_id is not None:
                yield aggregate.passage_id

"""What has to stand in words beside every estimate, on a terminal and on a page alike."""

from collections.abc import Iterator

from affiant.estimate.estimate import Estimation
from affiant.estimate.sensitivity import AS_IT_IS, LINKS_LOST, Variant

METHODS_IN_WORDS = {
    "loglinear": "log-linear, all models",
    "loglinear-pairwise": "log-linear, pairs alone",
    "graphs": "graph averaging",
    "latent": "latent class",
    "chao": "Chao's lower bound",
}
"""Each method as it is called in text."""


def span(limits: tuple[float, float] | None) -> str:
    """Write an interval in whole people."""
    if limits is None:
        return "none"
    return f"{limits[0]:,.0f} to {limits[1]:,.0f}"


def documented(answer: Estimation) -> str:
    """Say how many are documented, and by which lists."""
    table = answer.table
    return (
        f"Documented: {table.observed:,} people, each on at least one of {len(table.lists)} "
        f"lists: {', '.join(table.lists)}."
    )


def headline(answer: Estimation) -> str:
    """Say how many there are in all, as an interval, or that nothing is said."""
    if answer.interval95 is None:
        return "No estimate is given. The documented count stands alone."
    families = _families(answer)
    return (
        f"Estimated in all, listed or not: {span(answer.interval95)} people. This joins the 95 % "
        f"intervals of {_joined(families)}, from the lowest limit to the highest."
    )


def sentences(answer: Estimation) -> tuple[str, ...]:
    """Return every sentence that has to stand beside the numbers, in their order."""
    if answer.interval95 is None:
        return tuple(_why_not(answer))
    return (
        "The documented people are among those estimated: the two numbers are never added up, "
        "and neither is shown without the other.",
        *_warnings(answer),
        _assumption(answer),
        *_lost_links(answer),
        "People whom no list could reach are not counted: no method can tell of them.",
    )


def _families(answer: Estimation) -> list[str]:
    """Return the families that speak, in their order."""
    speaking = [
        line.family
        for line in answer.lines
        if not line.refused and line.interval95 is not None and line.family != "lower bound"
    ]
    return list(dict.fromkeys(speaking))


def _joined(words: list[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def _why_not(answer: Estimation) -> Iterator[str]:
    """Yield each reason once, with what would help."""
    seen = dict.fromkeys((reason.found, reason.help) for reason in answer.reasons)
    for found, way_out in seen:
        yield f"{found[:1].upper()}{found[1:]}. {way_out}"


def _warnings(answer: Estimation) -> Iterator[str]:
    """Yield what the families do not agree on, and which of them say nothing, with why."""
    for warning in answer.warnings:
        yield f"Warning: {warning}."
    for line in answer.lines:
        for reason in line.reasons:
            name = METHODS_IN_WORDS[line.method]
            yield f"Refused, {name}: {reason.found}. {reason.help}"


def _assumption(answer: Estimation) -> str:
    return (
        "Every method assumes something that no data can test: that those on no list would be "
        "listed as the others are. Were that off by a factor of two either way, it would be "
        f"{span(answer.off_by_two)} people."
    )


def _lost_links(answer: Estimation) -> Iterator[str]:
    """Yield what taking 5 % of the links away does."""
    before = _given(answer, change=AS_IT_IS)
    lost = [one for one in answer.variants if one.change == LINKS_LOST]
    told = [
        f"{METHODS_IN_WORDS[one.method]} {span(one.interval95)}"
        for one in lost
        if one.interval95 is not None
    ]
    if before is None or not told:
        yield f"With {LINKS_LOST}, no method gives a finite interval any more."
        return
    yield (
        f"With {LINKS_LOST}, {lost[0].observed:,} people would seem documented, and the "
        f"intervals would be: {'; '.join(told)} (before: {span(before.interval95)} by pairs "
        "alone). Links that were missed make an estimate too high."
    )


def _given(answer: Estimation, *, change: str) -> Variant | None:
    """Return the variant of this name, if it has an interval."""
    found = [one for one in answer.variants if one.change == change and one.interval95 is not None]
    return found[0] if found else None

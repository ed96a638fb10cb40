"""Kept estimates are counted again where what computes them is installed."""

from importlib import import_module

from affiant.audit.report import Report
from affiant.store.logbook import Logbook


def recount_estimates(logbook: Logbook, *, last_erasure: int, report: Report) -> None:
    """Count every kept estimate again; where that cannot be done here, say so.

    Args:
        logbook: With every entry.
        last_erasure: Position of the newest erasure, or -1.
        report: Takes what was found.
    """
    kept = logbook.of_kind("estimate.kept/1")
    if not any(entry.fields is not None and not entry.undone for entry in kept):
        return
    try:
        estimates = import_module("affiant.audit.estimates")
    except ModuleNotFoundError as problem:
        if (problem.name or "").partition(".")[0] not in ("scipy", "numpy"):
            raise
        report.not_checked.append(
            "kept estimates: what counts them again is not installed (pip install "
            "'affiant[estimate]')"
        )
        return
    estimates.check_estimates(logbook, last_erasure=last_erasure, report=report)

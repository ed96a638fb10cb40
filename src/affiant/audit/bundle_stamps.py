"""The time stamps of a bundle: over a checkpoint that this log had, and by whom they hold."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from affiant.audit.bundle_files import files_of_stamp
from affiant.audit.bundle_log import MALFORMED, Line
from affiant.audit.report import Problem, Report
from affiant.audit.zip_file import ZipFile
from affiant.errors import IntegrityError
from affiant.log.checkpoint import read_checkpoint
from affiant.log.openssl import check_stamp_twice


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """The states that a log had.

    Attributes:
        case: The case's id.
        heads: Its root at each size, from 0.
    """

    case: str | None
    heads: Sequence[bytes]

    def had(self, note: str, *, size: object, root: object) -> bool:
        """Tell whether a checkpoint is one of this log, at this size and root."""
        found = read_checkpoint(note)
        same = (found.head.size, found.head.root.hex()) == (size, root)
        heads = self.heads[found.head.size : found.head.size + 1]
        return same and found.case == self.case and list(heads) == [found.head.root]


def check_stamps(
    bundle: ZipFile,
    *,
    lines: Sequence[Line],
    history: History,
    roots: bytes | None,
    report: Report,
) -> None:
    """Check every stamp of which all files are as they were recorded.

    Args:
        bundle: Holds the files.
        lines: Its entries.
        history: Of its log.
        roots: Certificates that the asking person trusts, PEM, or None.
        report: Takes what is found.
    """
    broken = {problem.item for problem in report.problems}
    for line in lines:
        names = files_of_stamp(line) if line.kind == "stamp.obtained/1" else []
        if not names or not broken.isdisjoint(names):
            continue
        fields = line.fields()
        files = {name.rsplit("/", 1)[1]: bundle.read(name) for name in names}
        item = f"data/stamps/{fields.get('folder')}"
        try:
            detail = _wrong_with(files, fields=fields, history=history)
            detail = detail or _token(files, item=item, fields=fields, roots=roots, report=report)
        except (IntegrityError, *MALFORMED) as problem:
            detail = f"its checkpoint cannot be read: {problem}"[:200]
        if detail:
            found = line.problem("stamp", detail=detail)
            report.add(
                [Problem(item=item, kind="stamp", detail=detail, since=found.since, who=found.who)]
            )


def _wrong_with(
    files: Mapping[str, bytes], *, fields: Mapping[str, object], history: History
) -> str | None:
    """Return what is wrong with the checkpoint that was stamped, or None."""
    note = files["checkpoint"].decode("utf-8", "replace")
    if not history.had(note, size=fields["size"], root=fields["root"]):
        return "the checkpoint that was stamped is none of this log"
    return None


def _token(
    files: Mapping[str, bytes],
    *,
    item: str,
    fields: Mapping[str, object],
    roots: bytes | None,
    report: Report,
) -> str | None:
    """Return what is wrong with a stamp's token, or None; what nobody confirmed is noted."""
    finding = check_stamp_twice(files, roots=roots)
    if finding.flaws:
        return "; ".join(flaw.detail for flaw in finding.flaws)
    if finding.time != fields["time"]:
        return f"its token says {finding.time}, the entry {fields['time']}"
    if not finding.verified_by:
        report.not_checked.append(f"{item}: its token; {finding.not_asked}")
        return None
    report.count("stamps")
    return None

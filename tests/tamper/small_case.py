"""A small case about invented people that uses every kind of entry, built through the store."""

from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import Any

from blake3 import blake3

from affiant.estimate import estimate
from affiant.estimate.keeping import Reasons, keep_estimate
from affiant.estimate.kept import Request
from affiant.estimate.strata import Asked, tables_of
from affiant.log.keys import SigningKey, key_from_seed
from affiant.log.paragraphs import paragraph_root, split_paragraphs
from affiant.store import Case, Pen, Surroundings, create_case
from affiant.store.case import finish_erasures

OPENER = key_from_seed(bytes([1]) * 32)
SECOND = key_from_seed(bytes([2]) * 32)
THIRD, FOURTH, FIFTH = (key_from_seed(bytes([number]) * 32) for number in (3, 4, 5))
STRANGER = key_from_seed(bytes([9]) * 32)

NURSE = "I was on duty at the Tarn clinic.\nI counted 12 bodies. Then 14 of us were wounded.\n"
WIRE = "TARN (Halden Wire) — At least 10 people were killed at the clinic, a driver said.\n"
REPRINT = "Ten killed at Tarn clinic, agency reports.\nAt least 10 people were killed.\n"
MINISTRY = "The Ministry of Order denies that anybody was killed at Tarn.\n"
LATER = "Correction by Halden Wire: 11 people were killed at the clinic.\n"
LETTER = "My sister Ilva Ordan was at the clinic. 9 people died, they told me.\n"
YEARLY = "In the province 340 people were killed this year.\nAnd 3 at Oss bridge.\n"
SECRET = "A witness whose words are erased.\n"


def counting_clock() -> Callable[[], str]:
    """Return a clock that goes on by one second at each look."""
    ticks = count()
    return lambda: "2031-03-{:02d}T{:02d}:{:02d}:{:02d}Z".format(
        *(lambda t: (15 + t // 86400, t // 3600 % 24, t // 60 % 60, t % 60))(next(ticks))
    )


def counting_randomness(seed: bytes = b"") -> Callable[[int], bytes]:
    """Return randomness that is the same in every run."""
    ticks = count()

    def bytes_of(size: int) -> bytes:
        return sha256(seed + next(ticks).to_bytes(8, "big")).digest()[:size]

    return bytes_of


def surroundings_in(folder: Path, *, seed: bytes = b"") -> Surroundings:
    """Return surroundings that can be repeated."""
    return Surroundings(
        clock=counting_clock(),
        randomness=counting_randomness(seed),
        configuration=folder / "configuration",
    )


@dataclass
class Builder:
    """Writes entries into a case, in the name of one person at a time."""

    case: Case
    key: SigningKey = OPENER
    pen: Pen | None = None

    @contextmanager
    def as_person(self, key: SigningKey):
        with self.case.writing(key) as pen:
            self.key, self.pen = key, pen
            yield self
        self.pen = None

    def record(self, kind: str, /, **body: Any) -> str:
        """Record an entry and return its commitment."""
        return self.pen.record(kind, body=body).commitment

    def original(self, data: bytes, *, name: str) -> str:
        digest = self.case.originals.keep(data)
        self.record(
            "original.added/1",
            digest=digest,
            blake3=blake3(data).hexdigest(),
            size=len(data),
            media_type="text/plain",
            name=name,
            path=f"in/{name}",
            event="added",
            obtained={"from": None, "how": "by hand"},
            tool="test",
            version="1",
        )
        return digest

    def text(self, text: str, *, document: str) -> str:
        digest = self.case.texts.keep(text.encode("utf-8"))
        secret = self.case.surroundings.randomness(32)
        self.record(
            "text.read/1",
            document=document,
            text=digest,
            length=len(text),
            encoding="utf-8",
            replaced=0,
            surrogates=0,
            tool="test",
            version="1",
            settings="",
            isolation="none",
            paragraphs={
                "count": len(split_paragraphs(text)),
                "root": paragraph_root(text, secret=secret).hex(),
            },
            secret=secret.hex(),
        )
        return digest

    def transcription(self, text: str, *, document: str) -> str:
        """Keep what a person wrote down of a document."""
        digest = self.case.texts.keep(text.encode("utf-8"))
        secret = self.case.surroundings.randomness(32)
        root = paragraph_root(text, secret=secret).hex()
        self.record(
            "text.transcribed/1",
            document=document,
            text=digest,
            length=len(text),
            encoding=None,
            replaced=0,
            surrogates=0,
            tool="person",
            version="",
            settings="",
            isolation="person",
            paragraphs={"count": len(split_paragraphs(text)), "root": root},
            secret=secret.hex(),
            pages=[],
            regions=[],
            problems=[],
            person="Teo Lindqvist",
            corrects=None,
            language="en",
            why="the scan is hard to read",
        )
        return digest

    def document(self, text: str, *, name: str) -> tuple[str, str, str]:
        """Keep a text file and its text; return document id, text digest and text."""
        document = self.original(text.encode("utf-8"), name=name)
        return document, self.text(text, document=document), text

    def decide(self, verdict: str, *, claim_id: str, why: str | None = None, **claim: Any) -> str:
        return self.record(f"claim.{verdict}/1", claim_id=claim_id, why=why, **claim)


def claim_in(source: tuple[str, str, str], exact: str, **more: Any) -> dict[str, Any]:
    """Return the fields by which a first decision carries a claim."""
    document, digest, text = source
    start = text.index(exact)
    quote = {"slot": "act", "exact": exact, "start": start, "end": start + len(exact)}
    fields = {
        "suggestion": None,
        "suggested_because": "",
        "document": document,
        "quotes": [{**quote, "text_digest": digest}],
        "speakers": [{"name": None, "stance": "asserts", "basis": "none_given"}],
        "act": "killing",
        "family": "killing",
        "modality": "actual",
        "method": None,
        "involvements": [],
        "counts": [],
        "when": None,
        "where": None,
        "characterisations": [],
        "denies": None,
        "language": "en",
        "origin": {"tool": "person", "version": ""},
        "inferred": False,
    }
    return {**fields, **more}


def counted(of: str, low: int | None, high: int | None, *, scope: str = "event") -> dict[str, Any]:
    """Return one count."""
    return {
        "of": of,
        "min": low,
        "max": high,
        "words": "",
        "population": None,
        "breakdown": [],
        "relation": "unstated",
        "scope": scope,
    }


def speaker(name: str | None, *, stance: str = "asserts") -> dict[str, Any]:
    """Return one link of a chain of speakers."""
    return {"name": name, "stance": stance, "basis": "none_given"}


def build_case(folder: Path, *, seed: bytes = b"", more: int = 0, erased: bool = True) -> Case:
    """Build the case and return it open.

    Args:
        folder: A new folder; the configuration lies beside it.
        seed: Changes every random id.
        more: So many further documents with a claim each.
        erased: Whether a witness's document, and some fields, are erased at the end.
    """
    case = create_case(
        folder,
        name="Tarn clinic",
        key=OPENER,
        person="Mira Sandor",
        surroundings=surroundings_in(folder.parent, seed=seed),
    )
    builder = Builder(case)
    ids = {name: sha256(seed + name.encode()).hexdigest()[:32] for name in IDS}
    sources = _documents(builder)
    _voices(builder, sources=sources, ids=ids)
    _claims(builder, sources=sources, ids=ids)
    _judgements(builder, sources=sources, ids=ids)
    _estimate(case)
    _more(builder, more=more, ids=ids, seed=seed)
    if erased:
        _erasures(builder)
    _keys(builder)
    return case


IDS = (
    *("nurse", "wire", "reprint", "denial", "later", "letter", "yearly", "bridge", "rejected"),
    *("unsure", "withdrawn", "superseded", "moved", "clinic", "bridge_incident", "agency"),
    *("ministry", "outlet", "knower_nurse", "knower_driver", "knower_sister", "person", "release"),
)


def _keys(builder: Builder) -> None:
    """Admit two more people; one takes a new key, the other's is revoked."""
    with builder.as_person(OPENER):
        for key, name in ((THIRD, "Ona Reyl"), (FIFTH, "Pavel Istrati")):
            builder.record("key.admitted/1", key=key.public, name=name, roles=["member"])
    with builder.as_person(THIRD):
        builder.record(
            "key.rotated/1",
            old=THIRD.public,
            new=FOURTH.public,
            name="Ona Reyl",
            why="a new laptop",
        )
        builder.pen.hand_over(FOURTH)
    with builder.as_person(OPENER):
        builder.record(
            "key.revoked/1", key=FIFTH.public, in_doubt_since=None, why="the laptop was taken"
        )


def _documents(builder: Builder) -> dict[str, tuple[str, str, str]]:
    found = {}
    with builder.as_person(OPENER):
        builder.record("key.admitted/1", key=SECOND.public, name="Teo Lindqvist", roles=["member"])
        builder.record("policy.set/1", name="reviewers_needed", value="1")
        texts = {"nurse": NURSE, "wire": WIRE, "reprint": REPRINT, "ministry": MINISTRY}
        texts |= {"later": LATER, "yearly": YEARLY, "secret": SECRET}
        for name, text in texts.items():
            found[name] = builder.document(text, name=f"{name}.txt")
        handled = found["nurse"][0]
        builder.record(
            "original.handled/1",
            digest=handled,
            event="added",
            name="copy.txt",
            path="again/copy.txt",
            obtained=None,
        )
        mail = builder.original(b"From: ilva\r\n\r\n" + LETTER.encode(), name="letter.eml")
        part = f"{mail}!1/body.txt"
        builder.record(
            "part.listed/1",
            document=part,
            container=mail,
            member="1/body.txt",
            digest="sha256:" + sha256(LETTER.encode()).hexdigest(),
            size=len(LETTER.encode()),
            media_type="text/plain",
        )
        found["letter"] = (part, builder.text(LETTER, document=part), LETTER)
        builder.transcription(NURSE.replace("12", "twelve"), document=found["nurse"][0])
        broken = builder.original(b"%PDF-broken", name="broken.pdf")
        builder.record("text.unread/1", document=broken, code="damaged", isolation="none")
    return found


def _voices(builder: Builder, *, sources: dict[str, Any], ids: dict[str, str]) -> None:
    with builder.as_person(SECOND):
        for name, kind, aliases in (
            ("agency", "agency", ["Halden Wire", "agency"]),
            ("ministry", "state_body", ["Ministry of Order"]),
            ("outlet", "outlet", []),
        ):
            builder.record(
                "source.declared/1",
                source_id=ids[name],
                name=name.title(),
                kind=kind,
                interests="",
                reliability=None,
                speaks_as=aliases,
            )
        for document, source in (
            *(("wire", "agency"), ("reprint", "outlet")),
            *(("ministry", "ministry"), ("later", "agency")),
        ):
            builder.record(
                "document.attributed/1",
                document=sources[document][0],
                source_id=ids[source],
                author=None,
                publisher=None,
                published="2031-03",
                language="en",
                generation="original",
            )
        for name in ("knower_nurse", "knower_driver", "knower_sister"):
            builder.record(
                "knower.declared/1", knower_id=ids[name], name=name, basis="saw", note=None
            )
        for left, right, verdict in (
            ("knower_nurse", "knower_driver", "not_known"),
            ("knower_driver", "knower_sister", "dependent"),
        ):
            builder.record(
                "dependence.declared/1", left=ids[left], right=ids[right], verdict=verdict, why=""
            )
        for left, kind, right in (
            ("reprint", "repeats", "wire"),
            ("later", "corrects", "wire"),
            ("yearly", "weakens", "later"),
        ):
            builder.record(
                "edge.declared/1",
                document=sources[left][0],
                of=sources[right][0],
                kind=kind,
                why="same words",
            )


def _claims(builder: Builder, *, sources: dict[str, Any], ids: dict[str, str]) -> None:
    said = {
        "nurse": claim_in(
            sources["nurse"],
            "I counted 12 bodies",
            counts=[counted("killed", 12, 12), counted("wounded", 14, 14)],
        ),
        "wire": claim_in(
            sources["wire"],
            "At least 10 people were killed",
            counts=[counted("killed", 10, None)],
            speakers=[speaker("Halden Wire", stance="reports"), speaker("a driver")],
            involvements=[
                {"name": "Ilva Ordan", "role": "victim", "side": "victim", "strength": "named"}
            ],
        ),
        "reprint": claim_in(
            sources["reprint"], "At least 10 people", counts=[counted("killed", 10, None)]
        ),
        "denial": claim_in(
            sources["ministry"],
            "denies that anybody was killed",
            counts=[counted("killed", None, 0)],
            speakers=[speaker("ministry of order ", stance="denies")],
        ),
        "later": claim_in(
            sources["later"],
            "11 people were killed",
            counts=[counted("killed", 11, 11)],
            speakers=[speaker("HALDEN WIRE")],
        ),
        "letter": claim_in(sources["letter"], "9 people died", counts=[counted("killed", None, 9)]),
        "yearly": claim_in(
            sources["yearly"],
            "340 people were killed",
            counts=[counted("killed", 340, 340, scope="aggregate")],
        ),
        "bridge": claim_in(
            sources["yearly"], "And 3 at Oss bridge", counts=[counted("killed", 3, 3)]
        ),
        "rejected": claim_in(sources["nurse"], "on duty"),
        "unsure": claim_in(sources["nurse"], "Tarn clinic"),
        "withdrawn": claim_in(sources["wire"], "clinic", counts=[counted("killed", 99, 99)]),
        "superseded": claim_in(sources["wire"], "TARN", counts=[counted("killed", 98, 98)]),
        "moved": claim_in(sources["yearly"], "Oss", counts=[counted("missing", 1, 2)]),
    }
    verdicts = {"rejected": "rejected", "unsure": "unsure"}
    with builder.as_person(OPENER):
        made = {
            name: builder.decide(
                verdicts.get(name, "accepted"), claim_id=ids[name], why="read it", **fields
            )
            for name, fields in said.items()
        }
        builder.record("claim.withdrawn/1", claim_id=ids["withdrawn"], why="a mistake")
        _model(builder, document=sources["nurse"][0], text=sources["nurse"][1])
        _reviewed(builder, claim_id=ids["later"], shown=said["nurse"], source=sources["nurse"])
        builder.record("claim.superseded/1", claim_id=ids["superseded"], by=ids["wire"], why="")
        builder.record(
            "claim.reported/1",
            claim_id=ids["nurse"],
            reviewer_name="A colleague",
            verdict="accepted",
            why=None,
        )
    with builder.as_person(SECOND):
        builder.decide("accepted", claim_id=ids["nurse"], why="agreed")
        builder.decide("rejected", claim_id=ids["later"], why="not yet")
        undoing = builder.record("decision.undone/1", commitment=made["letter"], why="wait")
        builder.record("decision.undone/1", commitment=undoing, why="no, it stands")
    with builder.as_person(SECOND):
        rejection = builder.decide("rejected", claim_id=ids["later"], why="again")
        builder.record("decision.undone/1", commitment=rejection, why="took it back")
    with builder.as_person(SECOND):
        builder.decide("accepted", claim_id=ids["later"], why="now it is confirmed by telephone")


def _reviewed(
    builder: Builder, *, claim_id: str, shown: dict[str, Any], source: tuple[str, str, str]
) -> None:
    """Settle a disagreement, read a passage blind, meet a seeded error, take a coding in."""
    document, text = source[:2]
    builder.record(
        "claim.settled/1", claim_id=claim_id, verdict="accepted", why="looked again", over={}
    )
    reading = {"document": document, "text": text, "start": 0, "end": 9, "share": "50"}
    builder.record("passage.read_blind/1", claim_ids=[], **reading)
    builder.record(
        "seed.decided/1",
        seed="5e" * 32,
        suggestion="6f" * 32,
        document=document,
        text=text,
        how="number",
        shown=shown,
        verdict="rejected",
        caught=True,
        changed=False,
        why=None,
    )
    builder.record(
        "coding.taken_in/1",
        **{**shown, "coding": "7a" * 32, "coded_by": "a colleague"},
    )


def _model(builder: Builder, *, document: str, text: str) -> None:
    """Allow a model, forbid another, record a reply."""
    address, name = "http://127.0.0.1:8080/v1", "invented-7b"
    builder.record("model.allowed/1", address=address, model=name, why="it stays here")
    builder.record("model.forbidden/1", address=address, model="invented-70b", why=None)
    builder.record(
        "model.replied/1",
        document=document,
        text_digest=text,
        address=address,
        model=name,
        prompt="1",
        prompt_digest="sha256:" + "1" * 64,
        parameters={"temperature": 0},
        reply='{"claims": []}',
    )


def _judgements(builder: Builder, *, sources: dict[str, Any], ids: dict[str, str]) -> None:
    with builder.as_person(SECOND):
        builder.record(
            "document.read_through/1",
            document=sources["nurse"][0],
            text=sources["nurse"][1],
            questions=["killed", "wounded"],
        )
        for incident, label, claims in (
            (
                "clinic",
                "Tarn clinic, 2031-03-14",
                ("nurse", "wire", "reprint", "denial", "later", "letter", "yearly", "moved"),
            ),
            ("bridge_incident", "Oss bridge, 2031", ("bridge", "withdrawn", "superseded")),
        ):
            builder.record(
                "incident.opened/1", incident_id=ids[incident], label=label, why="same place"
            )
            builder.record(
                "incident.joined/1",
                incident_id=ids[incident],
                claim_ids=[ids[name] for name in claims],
                why="",
            )
        builder.record(
            "incident.left/1", incident_id=ids["clinic"], claim_ids=[ids["moved"]], why="elsewhere"
        )
        builder.record(
            "incident.joined/1",
            incident_id=ids["bridge_incident"],
            claim_ids=[ids["moved"]],
            why="",
        )
        for claim, knower in (("nurse", "nurse"), ("later", "driver"), ("letter", "sister")):
            builder.record(
                "knower.assigned/1",
                claim_ids=[ids[claim]],
                knower_id=ids[f"knower_{knower}"],
                why="",
            )
        builder.record("knower.assigned/1", claim_ids=[ids["denial"]], knower_id=None, why="")
        builder.record(
            "person.opened/1",
            person_id=ids["person"],
            name="Ilva Ordan",
            names=[{"name": "Ilva Ordan", "script": "Latn", "kind": "given"}],
            fate="killed",
            notes=[{"words": "A baker", "claim_id": ids["letter"]}],
        )
        builder.record(
            "person.joined/1",
            person_id=ids["person"],
            mentions=[
                {"claim_id": ids[claim], "name": "Ilva Ordan"} for claim in ("letter", "wire")
            ],
        )
        builder.record("judgement.made/1", left="b", right="a", verdict="different", why="ages")
        builder.record(
            "publication.decided/1", item=f"incident:{ids['clinic']}", verdict="publish", why=""
        )
        builder.record(
            "release.made/1", release_id=ids["release"], folder="out/site", numbers=[], files={}
        )


def _estimate(case: Case) -> None:
    """Keep an estimate of the one who is linked: refused, since one list is too few."""
    answers = [
        (stratum, estimate(stratum.table, seed=1)) for stratum in tables_of(case, asked=Asked())
    ]
    reasons = Reasons(why="to say that one list is too few")
    keep_estimate(case, request=Request(), answers=answers, reasons=reasons, key=SECOND)


def _more(builder: Builder, *, more: int, ids: dict[str, str], seed: bytes) -> None:
    """Add further documents with a claim each."""
    for number in range(more):
        with builder.as_person((OPENER, SECOND)[number % 2]):
            text = (
                f"Report {number}: {number + 5} were wounded. \u0645\u062c\u0631\u0648\u062d\n" * 2
            )
            source = builder.document(text, name=f"more-{number}.txt")
            claim_id = sha256(seed + b"more" + bytes([number])).hexdigest()[:32]
            fields = claim_in(
                source,
                f"{number + 5} were wounded",
                counts=[counted("wounded", number + 5, None)],
            )
            builder.decide("accepted", claim_id=claim_id, why=None, **fields)
            builder.record(
                "incident.joined/1", incident_id=ids["clinic"], claim_ids=[claim_id], why=""
            )


def _erasures(builder: Builder) -> None:
    """Erase a witness's document wholly, and one field of another entry."""
    case = builder.case
    digest = "sha256:" + sha256(SECRET.encode()).hexdigest()
    whole, partial = [], []
    for _, (kind, _, commitment), entry in case.logbook.entries():
        fields = entry.fields() or {}
        if digest in (fields.get("digest"), fields.get("text")):
            whole.append(commitment)
        if kind == "original.handled/1" or fields.get("name") == "Teo Lindqvist":
            partial.append(commitment)
    erase(case, whole=whole, partial={commitment: ("name", "path") for commitment in partial})
    for store in (case.originals, case.texts):
        store.path(digest).unlink()


def erase(case: Case, *, whole: list[str], partial: dict[str, tuple[str, ...]]) -> None:
    """Erase entries, wholly or some of their fields, in one transaction."""
    with case.writing(OPENER) as pen:
        gone = [(whole, None), *(([each], list(fields)) for each, fields in partial.items())]
        for commitments, fields in gone:
            body = {"commitments": commitments, "fields": fields, "why": "consent was withdrawn"}
            pen.record("entry.erased/1", body=body)
        for commitment in [*whole, *partial]:
            _, entry = case.logbook.find(commitment)
            if commitment in whole:
                entry = type(entry)(
                    header=entry.header, signature=entry.signature, body=None, salt=None
                )
            else:
                entry = entry.without(partial[commitment])
            case.logbook.replace_body(entry, commitment=commitment)
        case.rebuild()
    finish_erasures(case)

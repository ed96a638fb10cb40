"""The sample case: data beside the demo, and the steps that build a case from it."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib.resources import as_file, files
from typing import Any

from affiant.box import Box, Limits
from affiant.claims.review import add_claim, decide, edit_claim, list_claims, read_through
from affiant.claims.step import suggest_waiting
from affiant.cli.claim import claim_from
from affiant.corroborate.declare import (
    AttributionForm,
    SourceForm,
    assign_knower,
    attribute,
    declare_dependence,
    declare_edge,
    declare_knower,
    declare_source,
)
from affiant.link import PersonForm, open_incident, open_person
from affiant.log.keys import SigningKey
from affiant.model.claim import Claim, claim_fields
from affiant.model.decision import Decision
from affiant.model.judgement import Pairing
from affiant.preserve import Acknowledged, Obtained, take_in
from affiant.read import PRELOAD, sniff
from affiant.read.step import read_waiting
from affiant.store import Case

LEFT_OVER = Decision(
    verdict="rejected", why="Not what the document says, or told already by another claim."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """The plan of the sample case, and the ids that its keys were given.

    Attributes:
        plan: What ``plan.json`` holds.
        keys: The reviewers' keys, in the plan's order.
        ids: Key or file of the plan to the id it was given.
    """

    plan: Mapping[str, Any]
    keys: tuple[SigningKey, ...]
    ids: dict[str, str] = field(default_factory=dict)

    def documents(self) -> Iterable[tuple[str, Mapping[str, Any]]]:
        """Yield (name, plan) of every document; a part is ``file!member``."""
        for item in self.plan["documents"]:
            yield item["file"] + (f"!{item['member']}" if item["member"] else ""), item


def load_plan() -> Mapping[str, Any]:
    """Return the plan that is shipped with the program."""
    text = (files("affiant.cli") / "sample" / "plan.json").read_text(encoding="utf-8")
    plan: Mapping[str, Any] = json.loads(text)
    return plan


def preserve(case: Case, *, sample: Sample) -> int:
    """Add every document, with how it was obtained; return how many."""
    with as_file(files("affiant.cli") / "sample" / "documents") as folder:
        for name, item in sample.documents():
            if "!" in name:
                continue
            obtained = Obtained(
                recognise=lambda head, file: sniff(head, name=file),
                source=item["obtained"]["from"],
                how=item["obtained"]["how"],
            )
            for done in take_in(case, paths=[folder / name], key=sample.keys[0], obtained=obtained):
                if isinstance(done, Acknowledged):
                    sample.ids[name] = done.document
    return len(sample.ids)


def read(case: Case, *, sample: Sample) -> None:
    """Read everything, and give the parts their ids."""
    with Box(preload=PRELOAD, limits=Limits()) as box:
        for _ in read_waiting(case, key=sample.keys[0], box=box):
            pass
    for name, _ in sample.documents():
        if "!" in name:
            head, _, member = name.partition("!")
            sample.ids[name] = f"{sample.ids[head]}!{member}"


def declare(case: Case, *, sample: Sample) -> None:
    """Declare sources, whose documents, who knew, who repeats whom, who depends on whom."""
    key, ids, plan = sample.keys[0], sample.ids, sample.plan
    for item in plan["sources"]:
        form = SourceForm(
            name=item["name"],
            kind=item["kind"],
            interests=item["interests"],
            reliability=item["reliability"],
            speaks_as=tuple(item["speaks_as"]),
        )
        ids[f"source {item['key']}"] = declare_source(case, form=form, key=key)
    for name, item in sample.documents():
        attribution = AttributionForm(
            source_id=ids[f"source {item['source']}"],
            author=item["author"],
            publisher=item["publisher"],
            published=item["published"],
            language=item["language"],
            generation=item["generation"],
        )
        attribute(case, documents=[ids[name]], form=attribution, key=key)
    _declare_origins(case, sample=sample, key=key)


def _declare_origins(case: Case, *, sample: Sample, key: SigningKey) -> None:
    """Declare who knew, who repeats whom, who depends on whom."""
    ids, plan = sample.ids, sample.plan
    for item in plan["knowers"]:
        ids[f"knower {item['key']}"] = declare_knower(
            case, name=item["name"], basis=item["basis"], note=item["note"], key=key
        )
    for item in plan["edges"]:
        edge = Pairing(
            left=ids[item["document"]],
            right=ids[item["of"]],
            verdict=item["kind"],
            why=item["why"],
        )
        declare_edge(case, pairing=edge, key=key)
    for item in plan["dependences"]:
        pair = Pairing(
            left=ids[f"knower {item['left']}"],
            right=ids[f"knower {item['right']}"],
            verdict=item["verdict"],
            why=item["why"],
        )
        declare_dependence(case, pairing=pair, key=key)


def suggest(case: Case) -> int:
    """Propose claims; return how many."""
    return sum(found.suggestions for found in suggest_waiting(case))


def review(case: Case, *, sample: Sample) -> dict[str, int]:
    """Decide as the two reviewers did; return how often a suggestion served.

    A suggestion that says what the plan says is accepted as it is; one that is near is
    edited; else the claim is entered by hand. What is left over is rejected.
    """
    counts = {"accepted as suggested": 0, "edited": 0, "by hand": 0, "rejected": 0}
    open_ones = [
        (item.claim_id, item.document, item.claim)
        for item in list_claims(case, reviewer=sample.keys[0].public)
    ]
    for item in sample.plan["claims"]:
        document = sample.ids[item["document"]]
        claim = claim_from(case, fields=dict(item["fields"]), document=document)
        nearest = _nearest(claim, document=document, open_ones=open_ones)
        if nearest is not None:
            open_ones = [each for each in open_ones if each[0] != nearest]
        how = _first_decision(case, sample=sample, item=item, claim=claim, nearest=nearest)
        counts[how] += 1
        _other_decisions(case, sample=sample, item=item)
    for claim_id, _, _ in open_ones:
        for key in sample.keys:
            decide(case, claim_id=claim_id, decision=LEFT_OVER, key=key)
        counts["rejected"] += 1
    return counts


def _first_decision(
    case: Case, *, sample: Sample, item: Mapping[str, Any], claim: Claim, nearest: str | None
) -> str:
    """Let the first reviewer decide; return how."""
    first = item["decisions"][0]
    key = sample.keys[first["reviewer"]]
    why = first.get("why")
    accepted = Decision(verdict="accepted", why=why)
    document = sample.ids[item["document"]]
    if nearest is None:
        claim_id = add_claim(case, claim=claim, document=document, why=why, key=key)
        how = "by hand"
    elif _said(case, claim_id=nearest) == _meaning(claim):
        made = decide(case, claim_id=nearest, decision=accepted, key=key)
        claim_id = made.claim_id or ""
        how = "accepted as suggested"
    else:
        fields = {
            name: value
            for name, value in claim_fields(claim).items()
            if name not in ("origin", "family")
        }
        made = edit_claim(case, claim_id=nearest, changes=fields, decision=accepted, key=key)
        claim_id = made.claim_id or ""
        how = "edited"
    sample.ids[item["key"]] = claim_id
    if first["verdict"] != "accepted":
        other = Decision(verdict=first["verdict"], why=why)
        decide(case, claim_id=claim_id, decision=other, key=key)
    return how


def _other_decisions(case: Case, *, sample: Sample, item: Mapping[str, Any]) -> None:
    """Let the other reviewers decide."""
    for decision in item["decisions"][1:]:
        decide(
            case,
            claim_id=sample.ids[item["key"]],
            decision=Decision(verdict=decision["verdict"], why=decision.get("why")),
            key=sample.keys[decision["reviewer"]],
        )


def _nearest(
    claim: Claim, *, document: str, open_ones: Iterable[tuple[str, str, Claim]]
) -> str | None:
    """Return the open suggestion of the same family on the same words, or None."""
    best, most = None, 0
    start, end = _reach(claim)
    for claim_id, at, other in open_ones:
        if at != document or other.family != claim.family or other.origin.tool == "person":
            continue
        first, last = _reach(other)
        shared = min(end, last) - max(start, first)
        if shared > most:
            best, most = claim_id, shared
    return best


def _reach(claim: Claim) -> tuple[int, int]:
    """Return where a claim's words about the act begin and end."""
    quotes = [quote for quote in claim.quotes if quote.slot == "act"] or list(claim.quotes)
    return min(quote.start for quote in quotes), max(quote.end for quote in quotes)


def _said(case: Case, *, claim_id: str) -> tuple[object, ...]:
    """Return what a suggestion says."""
    return _meaning(case.derived.suggestions_matching(claim_id)[0].claim)


def _meaning(claim: Claim) -> tuple[object, ...]:
    """Return what must be alike for a suggestion to be accepted as it is."""
    return (
        claim.act,
        claim.modality,
        tuple((speaker.name, speaker.stance) for speaker in claim.speakers),
        sorted((count.of, count.min, count.max, count.scope) for count in claim.counts),
        sorted(
            (party.role, party.name)
            for party in claim.involvements
            if party.side != "victim" or party.strength == "named"
        ),
        claim.when.edtf if claim.when else None,
        claim.where.name or claim.where.words if claim.where else None,
    )


def know(case: Case, *, sample: Sample) -> None:
    """Say of each claim who knew it, and record what was read through."""
    known: dict[str, list[str]] = {}
    for item in sample.plan["claims"]:
        if item["knower"]:
            known.setdefault(item["knower"], []).append(sample.ids[item["key"]])
    for knower, claim_ids in known.items():
        assign_knower(
            case,
            claim_ids=claim_ids,
            knower_id=sample.ids[f"knower {knower}"],
            why="Stated in the document, or by whoever took it down.",
            key=sample.keys[0],
        )
    for item in sample.plan["read_through"]:
        for reviewer in item["reviewers"]:
            read_through(
                case,
                document=sample.ids[item["document"]],
                questions=item["questions"],
                key=sample.keys[reviewer],
            )


def link(case: Case, *, sample: Sample) -> None:
    """Open the incidents and the persons."""
    key = sample.keys[0]
    for item in sample.plan["incidents"]:
        members = [
            sample.ids[claim["key"]]
            for claim in sample.plan["claims"]
            if claim["incident"] == item["key"]
        ]
        sample.ids[f"incident:{item['key']}"] = open_incident(
            case, label=item["label"], claim_ids=members, why=item["why"], key=key
        )
    for item in sample.plan["persons"]:
        notes = [(note["words"], sample.ids[note["claim"]]) for note in item["note"]]
        form = PersonForm(
            name=item["name"],
            names=tuple(item["names"]),
            fate=item["fate"],
            notes=tuple(notes),
        )
        mentions = [(sample.ids[claim], item["name"]) for claim in item["claims"]]
        sample.ids[f"person:{item['key']}"] = open_person(
            case, form=form, mentions=mentions, why="Same name, place and fate.", key=key
        )

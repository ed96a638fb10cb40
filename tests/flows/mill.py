"""The mill case: eight invented voices on one invented event, every kind of entry in it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from filelock import FileLock

from affiant.claims.anchoring import exact_words
from affiant.claims.asking.server import ModelServer
from affiant.claims.asking.step import suggest_by_model
from affiant.model.claim import ClaimOrigin, claim_fields
from affiant.store.derived import suggestion_digest
from authorities import answering, make_authority
from flows.desk import FIRST, SECOND, Desk, new_desk, write
from flows.model_server import model_server
from programs import path_of

DAY = "2031-05-03"
THIRD = "Cosma Vey"
DOCUMENTS = {
    "alba.txt": "Statement of Alba Merin.\nI saw four men shot dead at the Oreth mill on 3 May "
    "2031.\nThe soldiers of the Third Column did it.\n",
    "borin.txt": "Borin Tash writes:\nFour people were killed at the Oreth mill. I carried them.\n",
    "cadle.txt": "Cadle Review\nAt least three people were killed at the mill, a driver said.\n",
    "deln.txt": "Deln Union says that seven people were killed at the mill.\n",
    "ministry.txt": "The Ministry of Calm says that nobody was killed at Oreth.\n",
    "echo.txt": "Echo of the North\nI saw four men shot dead at the Oreth mill, a witness says.\n",
    "green.txt": "Green Valley Letter\nThe harvest at Oreth was good this year.\n",
    "hollow.txt": "Hollow Post\nThe road to Oreth is closed.\n",
    "yearly.txt": "Province report 2031\nIn the province 120 people were killed this year.\n",
    "broken.pdf": b"%PDF-1.7 this is no more than a beginning",
    "letter.eml": b"From: ilse@example.org\r\nTo: desk@example.org\r\nSubject: my brother\r\n"
    b"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=cut\r\n\r\n"
    b"--cut\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nMy brother Ansel Merin was there.\r\n"
    b"--cut\r\nContent-Type: text/plain; charset=utf-8; name=note.txt\r\n"
    b"Content-Disposition: attachment; filename=note.txt\r\n\r\nHe was twenty-two.\r\n--cut--\r\n",
}
VOICES = {
    "alba": ("Alba Merin", "person"),
    "borin": ("Borin Tash", "person"),
    "cadle": ("Cadle Review", "outlet"),
    "deln": ("Deln Union", "organisation"),
    "ministry": ("Ministry of Calm", "state_body"),
    "echo": ("Echo of the North", "outlet"),
    "green": ("Green Valley Letter", "outlet"),
    "hollow": ("Hollow Post", "outlet"),
    "yearly": ("Province Office", "agency"),
}
KILLED = {
    "alba": ("four men shot dead", 4, 4),
    "borin": ("Four people were killed", 4, 4),
    "cadle": ("At least three people were killed", 3, None),
    "deln": ("seven people were killed", 7, 7),
    "echo": ("four men shot dead", 4, 4),
}


@contextmanager
def once(folder: Path) -> Iterator[bool]:
    """Let one of several test processes make a folder; tell it so."""
    with FileLock(folder.with_suffix(".lock")):
        made = folder / "made"
        yield not made.exists()
        made.touch()


def mill_desk(folder: Path) -> Desk:
    """Build the mill case, or return the one that is there; it is to be copied."""
    folder.mkdir(parents=True, exist_ok=True)
    with once(folder) as first:
        if first:
            build_mill(folder)
    return Desk(folder / "mill", folder / "configuration")


def build_mill(folder: Path) -> Desk:
    """Build the mill case step by step, through the command line."""
    desk = new_desk(folder)
    key = desk.json("key", "make", person=SECOND)[0]["key"]
    desk.run("key", "admit", key, "--name", SECOND)
    desk.run("policy", "set", "reviewers_needed", "1")
    desk.run("add", write(folder / "in", DOCUMENTS), "--from", "a sister", "--how", "by hand")
    desk.run("add", folder / "in" / "alba.txt")
    desk.run("read")
    sources = _voices(desk)
    claims = _claims(desk)
    _decisions(desk, claims=claims, folder=folder)
    _model(desk)
    ids = {**{f"source {name}": source for name, source in sources.items()}, **claims}
    ids |= _clusters(desk, claims=claims)
    for item in ("incident:Oreth mill", *(f"document:{name}.txt" for name in VOICES)):
        desk.run("publish", "approve", item, "--why", "read by both of us")
    desk.run("publish", "approve", "person:Ansel Merin", "--why", "his sister asks for it")
    desk.run("publish", "site", "--title", "The mill")
    _estimate(desk)
    _reviewing(desk)
    _keys(desk)
    (folder / "ids.json").write_text(json.dumps(ids), encoding="utf-8")
    if path_of("openssl") is not None:
        _stamp(desk, folder=folder)
    return desk


def _reviewing(desk: Desk) -> None:
    """Decide apart on one suggestion, settle it, read blind, meet a seeded error, take in a coding.

    The claim is withdrawn again, so that the case says what it said.
    """
    first, second = (desk.settings(person=name).key() for name in (FIRST, SECOND))
    with desk.open() as case:
        row = next(row for row in case.claims.all() if row.claim.quotes[0].exact == "closed")
        made = replace(row.claim, origin=ClaimOrigin(tool="rules", version="2"))
        fields = {
            **claim_fields(made),
            "document": row.document_id,
            "exact_words": exact_words(made),
            "suggestion": suggestion_digest(made, document_id=row.document_id),
            "suggested_because": "a rule",
            "suggested": None,
        }
        reading = {"document": row.document_id, "text": made.text_digest, "start": 0, "end": 11}
        with case.writing(first) as pen:
            here = pen.new_id()
            body = {**fields, "claim_id": here, "why": "it says so", "confirmed": ["polarity"]}
            pen.record("claim.accepted/1", body=body)
            pen.record("passage.read_blind/1", body={**reading, "claim_ids": [here], "share": "50"})
            coded = {**fields, "coding": fields["suggestion"], "coded_by": "a colleague"}
            pen.record("coding.taken_in/1", body=coded)
        with case.writing(second) as pen:
            there = {"claim_id": pen.new_id(), "why": "a road", "reason": "not_an_event"}
            pen.record("claim.rejected/1", body={**fields, **there})
            settled = {"claim_id": there["claim_id"], "verdict": "rejected", "over": {}}
            pen.record("claim.settled/1", body={**settled, "why": "both looked again"})
            seed = {"seed": "5e" * 32, "suggestion": fields["suggestion"], "how": "number"}
            seen = {"document": row.document_id, "verdict": "rejected", "caught": True, "why": None}
            pen.record("seed.decided/1", body={**seed, **seen, "shown": claim_fields(made)})
    desk.run("claim", "withdraw", here, "--why", "no event")


def _estimate(desk: Desk) -> None:
    """Keep an estimate, refused: the one person who is linked stands on one list alone."""
    desk.run("source", "attribute", "Alba Merin", "letter.eml")
    desk.run("estimate", "--keep", "to say that one list is too few", code=4)


def _keys(desk: Desk) -> None:
    """Admit a third investigator, whose key is lost; the second takes a new key."""
    lost = desk.json("key", "make", person="Ione Tarrant")[0]["key"]
    desk.run("key", "admit", lost, "--name", "Ione Tarrant")
    desk.run("key", "revoke", lost, "--why", "her bag was taken", "--in-doubt-since", "1")
    desk.run("key", "rotate", "--why", "a new laptop", person=SECOND)


def _stamp(desk: Desk, *, folder: Path) -> None:
    """Have the log stamped by an authority on this machine."""
    north = make_authority(folder / "authority", name="north")
    with answering(north):
        words = ("--authority", f"north={north.address}", "--roots", north.roots_path)
        desk.run("stamp", *words)


def ids_of(desk: Desk) -> dict[str, str]:
    """Return the ids of the mill case by their names."""
    ids: dict[str, str] = json.loads((desk.folder.parent / "ids.json").read_text())
    return ids


def _voices(desk: Desk) -> dict[str, str]:
    """Declare whose documents they are, and who repeats whom."""
    sources = {}
    for name, (title, kind) in VOICES.items():
        [made] = desk.json("source", "declare", title, "--kind", kind)
        sources[name] = made["source_id"]
        desk.run("source", "attribute", title, f"{name}.txt", "--published", DAY)
    desk.run("source", "repeats", "echo.txt", "alba.txt", "--why", "the same sentence")
    return sources


def killed(words: str, low: int | None, high: int | None, /, **more: Any) -> dict[str, Any]:
    """Return the fields of a claim about people killed."""
    count = {"of": "killed", "min": low, "max": high, "words": words}
    fields = {"act": "killing", "speakers": [{"name": None}], "counts": [count]}
    return {**fields, "quotes": [{"slot": "act", "exact": words}], **more}


def _claims(desk: Desk) -> dict[str, str]:
    """Enter what each voice says."""
    made = {}
    for name, (words, low, high) in KILLED.items():
        made[name] = desk.add_claim(f"{name}.txt", **killed(words, low, high))
    denial = killed("nobody was killed", None, None, counts=[], denies="that anybody was killed")
    denial["speakers"] = [{"name": "Ministry of Calm", "stance": "denies"}]
    made["ministry"] = desk.add_claim("ministry.txt", **denial)
    total = killed("120 people were killed", 120, 120)
    total["counts"][0]["scope"] = "aggregate"
    made["yearly"] = desk.add_claim("yearly.txt", **total)
    ansel = {"name": "Ansel Merin", "role": "victim", "side": "victim", "strength": "named"}
    made["ansel"] = desk.add_claim(
        "letter.eml", **killed("My brother Ansel Merin", 1, None, involvements=[ansel])
    )
    for name, words in (("mistake", "closed"), ("unsure", "road"), ("rejected", "Post")):
        made[name] = desk.add_claim("hollow.txt", **killed(words, 1, 1))
    return made


def _decisions(desk: Desk, *, claims: dict[str, str], folder: Path) -> None:
    """Decide again, take back, edit, report, read through."""
    desk.run("claim", "reject", claims["rejected"], "--why", "it does not say so")
    desk.run("claim", "unsure", claims["unsure"], "--why", "cannot tell")
    desk.run("claim", "withdraw", claims["mistake"], "--why", "entered by mistake")
    desk.run("claim", "accept", claims["alba"], "--why", "agreed", person=SECOND)
    [undone] = [
        row["commitment"]
        for row in desk.json("history", "list", "--about", claims["alba"], person=SECOND)
        if row["why"] == "agreed"
    ]
    desk.run("history", "undo", undone, "--why", "too quick", person=SECOND)
    edited = desk.json("claim", "edit", claims["borin"], "--set", 'method="carried away"')
    claims["borin first"], claims["borin"] = claims["borin"], edited[0]["claim_id"]
    reported = folder / "reported.jsonl"
    reported.write_text(json.dumps({"claim_id": claims["deln"], "verdict": "rejected"}))
    desk.run("exchange", "import", reported, "--reported-by", "a colleague")
    for name in VOICES:
        if name != "hollow":
            desk.run("claim", "read-through", f"{name}.txt", "--questions", "killed,when,by_whom")


def _model(desk: Desk) -> None:
    """Have a model propose what the rules do not, reject it, and forbid the model again."""
    quotes = {"slot": "act", "sentence": 2, "exact": "the Third Column did it"}
    voice = {"name": None, "stance": "asserts", "basis": "none_given"}
    empty = dict.fromkeys(("method", "when", "where", "denies"))
    proposal = {"act": "perpetration", "modality": "actual", "counts": [], "involvements": []}
    proposal |= {"passages": [quotes], "speakers": [voice], **empty}

    def say(body: dict[str, Any]) -> str:
        about_alba = "Third Column" in body["messages"][1]["content"]
        proposals = [
            {**proposal, "passages": [{**quotes, "sentence": number}]} for number in (2, 3)
        ]
        return json.dumps({"claims": proposals if about_alba else []})

    with model_server(say) as heard:
        desk.run("model", "allow", heard.address, "--name", "invented-7b", "--yes")
        server = ModelServer(address=heard.address, model="invented-7b")
        with desk.open() as case:
            asked = list(suggest_by_model(case, server=server))
    assert sum(one.suggestions for one in asked) == 1
    [row] = desk.json("claim", "list", "--status", "suggested")
    [made] = desk.json("claim", "accept", row["claim_id"])
    desk.run("claim", "withdraw", made["claim_id"], "--why", "by whom, it does not say")
    desk.run("model", "forbid", heard.address, "--name", "invented-7b", "--why", "done")


def _clusters(desk: Desk, *, claims: dict[str, str]) -> dict[str, str]:
    """Say who knew what, which claims tell one incident, and who is who."""
    knowers = {}
    for name in ("alba", "borin", "deln"):
        [made] = desk.json("source", "knower", f"{name} knew", "--basis", "saw")
        knowers[f"knower {name}"] = made["knower_id"]
        desk.run("source", "knows", made["knower_id"], claims[name], "--why", "it says so")
    alba, borin, deln = knowers.values()
    desk.run("source", "dependence", alba, deln, "dependent", "--why", "sisters")
    desk.run("source", "dependence", alba, borin, "shown_independent", "--why", "never met")
    members = [claims[name] for name in (*KILLED, "ministry", "yearly", "ansel")]
    [incident] = desk.json("link", "incident", "Oreth mill", *members, "--why", "same place")
    desk.run("link", "leave", incident["incident_id"], claims["ansel"], "--why", "no place given")
    desk.run("link", "judge", claims["alba"], claims["borin"], "same", "--why", "same day")
    [person] = desk.json(
        "link", "person", "Ansel Merin", "--claim", f"{claims['ansel']}=Ansel Merin",
        "--also", '{"name": "Ансель Мерин", "script": "Cyrl", "kind": "given"}',
        "--why", "one brother",
    )  # fmt: skip
    return {**knowers, "incident": incident["incident_id"], "person": person["person_id"]}

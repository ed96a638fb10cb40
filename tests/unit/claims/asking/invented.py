"""An invented page in two languages, and what a careful model would propose."""

import json
from typing import Any

from affiant.claims.asking.gate import About
from affiant.claims.asking.numbered import numbered
from affiant.model.claim import ClaimOrigin

DIGEST = "sha256:" + "0" * 64
ORIGIN = ClaimOrigin(tool="model", version="invented-7b prompt 1")

PAGE = (
    "On 14 March 2031 soldiers killed at least twelve villagers in Sedra, the district council "
    "said. A nurse was wounded. The council asked for an inquiry."
)
PAGE_FA = (
    "شورای ناحیه گفت سربازان در سدرا روستاییان را کشتند. یک پرستار زخمی شد. شورا خواستار تحقیق شد."
)


def about(page: str = PAGE) -> About:
    return About(
        text_digest=DIGEST,
        sentences={item.number: item for item in numbered(page)},
        language="en" if page.isascii() else "fa",
        published=None,
        origin=ORIGIN,
    )


def good(page: str = PAGE) -> dict[str, Any]:
    """Return a proposal for the page's first sentence that is right in every field."""
    proposal: dict[str, Any] = {
        "act": "killing",
        "modality": "actual",
        "passages": [
            {"slot": "act", "sentence": 1, "exact": "killed at least twelve villagers"},
            {"slot": "actor", "sentence": 1, "exact": "soldiers"},
            {"slot": "victim", "sentence": 1, "exact": "at least twelve villagers"},
            {"slot": "when", "sentence": 1, "exact": "14 March 2031"},
            {"slot": "where", "sentence": 1, "exact": "Sedra"},
            {"slot": "speaker", "sentence": 1, "exact": "the district council"},
        ],
        "speakers": [
            {"name": None, "stance": "reports", "basis": "none_given"},
            {"name": "the district council", "stance": "asserts", "basis": "none_given"},
        ],
        "counts": [{"of": "killed", "min": 12, "max": None, "words": "at least twelve"}],
        "involvements": [
            {"name": "soldiers", "role": "direct_perpetrator", "side": "accused"},
            {"name": "villagers", "role": "victim", "side": "victim"},
        ],
        "method": None,
        "when": "14 March 2031",
        "where": "Sedra",
        "denies": None,
    }
    if page == PAGE_FA:
        proposal |= {
            "passages": [
                {"slot": "act", "sentence": 1, "exact": "روستاییان را کشتند"},
                {"slot": "actor", "sentence": 1, "exact": "سربازان"},
                {"slot": "where", "sentence": 1, "exact": "سدرا"},
                {"slot": "speaker", "sentence": 1, "exact": "شورای ناحیه"},
            ],
            "counts": [{"of": "killed", "min": None, "max": None, "words": "روستاییان"}],
            "involvements": [{"name": "سربازان", "role": "direct_perpetrator", "side": "accused"}],
            "when": None,
            "where": "سدرا",
        }
        proposal["speakers"][1]["name"] = "شورای ناحیه"
    return proposal


def reply_of(*proposals: dict[str, Any]) -> str:
    return json.dumps({"claims": list(proposals)}, ensure_ascii=False)

"""Train the weights of the suggestions' score on the golden pages, and measure them.

Usage: python benchmarks/train_score.py [--measure]

The weights learn from all pages. The chances are read from the pages of even numbers from 32
on alone: the rules were written with the others in sight, and are right there far more often
than on pages that they meet for the first time. Without ``--measure`` the weights are written
into the package: same pages, same rules, same bytes. Train before rules are changed for pages
that were held back, or new ones are needed: afterwards their chances are those of seen pages.
"""

import argparse
import sys
from dataclasses import replace
from pathlib import Path

import msgspec
import numpy as np

from affiant.claims.suggest import propose
from affiant.claims.traits import traits
from affiant.claims.weighing import (
    Decided,
    ScoreWeights,
    blank,
    chance,
    fit,
    log_odds,
    refit,
    smooth,
)

_ROOT = Path(__file__).parents[1]
_FILE = _ROOT / "src/affiant/claims/weights.json"
_TRUST = 3.0
_DOUBTFUL = (
    *("victim_other_word", "victim_pronoun", "victim_inferred", "count_listed", "count_unbounded"),
    *("actor_inferred", "date_ambiguous", "speaker_pronoun", "speaker_carried", "speaker_nested"),
    *("loose_verb", "question", "menu_near", "several_acts", "possible_cue", "conditional_cue"),
    *("passed_on", "idiom", "sentence_long", "party_inferred", "voices_many", "rule_unsure"),
)
_PLAIN = ("rule_sure", "victim_known_word", "victim_named", "verb_passive", "modality:actual")
_FOLDS = 10
_ALL_SEEN = 30

sys.path.insert(0, str(_ROOT / "tests/golden/pages"))
from scoring import DIGEST, LANGUAGES, Page, is_right, load, paired  # noqa: E402


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--measure", action="store_true")
    options = parser.parse_args()
    pages = [(language, page) for language in LANGUAGES for page in load(language, half="both")]
    seen = decided_pages([one for one in pages if not held_back(one[1])])
    held = decided_pages([one for one in pages if held_back(one[1])])
    scored, predicted = cross_validated(held, always=[one for page in seen for one in page])
    everything = [one for page in [*seen, *held] for one in page]
    print(f"{len(seen)} pages in sight, {len(held)} held back, {len(everything)} suggestions")
    print("shipped, on the pages held back:", figures(predicted))
    print("after 200 decisions, or half of all if fewer:", simulated(everything))
    if not options.measure:
        weights = replace(_fitted(everything), chances=smooth(scored))
        ordered = {name: weights.features[name] for name in sorted(weights.features)}
        written = msgspec.json.encode(replace(weights, features=ordered))
        _FILE.write_bytes(msgspec.json.format(written, indent=1) + b"\n")


def held_back(page: Page) -> bool:
    """Tell whether the rules were written without a look at the page."""
    number = int(page.name[:2])
    return number > _ALL_SEEN and number % 2 == 0


def decided_pages(pages: list[tuple[str, Page]]) -> list[list[Decided]]:
    """Return for each page, given with its language, what is proposed and whether it is right."""
    decided = []
    for language, page in pages:
        found = propose(page.text, text_digest=DIGEST, published=page.published, language=language)
        pairs = paired(page, found=found)
        decided.append(
            [
                Decided(
                    names=traits(suggestion, others=found),
                    right=at in pairs and is_right(suggestion, keyed=page.claims[pairs[at]]),
                )
                for at, suggestion in enumerate(found)
            ]
        )
    return [page for page in decided if page]


def _fitted(decisions: list[Decided]) -> ScoreWeights:
    """Return weights held to what we expect before we have seen a page.

    What was inferred, carried over or ambiguous speaks against a suggestion; what is told
    plainly speaks for it. With few pages most of the weights stay near that.
    """
    expected = {**dict.fromkeys(_DOUBTFUL, -0.4), **dict.fromkeys(_PLAIN, 0.3)}
    prior = replace(blank(decisions), features=expected)
    return fit(decisions, prior=prior, trust=_TRUST)


def cross_validated(
    pages: list[list[Decided]], *, always: list[Decided]
) -> tuple[list[tuple[float, bool]], list[tuple[float, bool]]]:
    """Return log-odds and chances of each suggestion by weights that had not seen its page.

    Args:
        pages: Each is left out once, with a tenth of the others.
        always: What all weights learn from besides.
    """
    scored: list[tuple[int, float, bool]] = []
    for fold in range(_FOLDS):
        rest = [one for at, page in enumerate(pages) if at % _FOLDS != fold for one in page]
        weights = _fitted([*always, *rest])
        for at, page in enumerate(pages):
            if at % _FOLDS == fold:
                scored += [(fold, log_odds(o.names, weights=weights), o.right) for o in page]
    predicted = []
    for fold in range(_FOLDS):
        points = smooth([(score, right) for of, score, right in scored if of != fold])
        table = ScoreWeights(intercept=0.0, features={}, chances=points)
        for of, score, right in scored:
            if of == fold:
                predicted.append((chance((), weights=replace(table, intercept=score)), right))
    return [(score, right) for _, score, right in scored], predicted


def figures(predicted: list[tuple[float, bool]]) -> str:
    """Return in words how the chances compare with what proved right."""
    values = np.array([value for value, _ in predicted])
    truth = np.array([right for _, right in predicted])
    sure = values >= 0.8
    return (
        f"score >= 0.8: {truth[sure].sum()} of {sure.sum()} right "
        f"({100 * truth[sure].sum() / max(sure.sum(), 1):.1f} %), "
        f"{100 * truth[sure].sum() / max(truth.sum(), 1):.1f} % of all {truth.sum()} right ones; "
        f"calibration error {calibration_error(values, truth=truth):.3f}"
    )


def calibration_error(values: np.ndarray, *, truth: np.ndarray, bins: int = 10) -> float:
    """Return the mean gap between chance and share, over ten bins of equal width."""
    bin_of = np.minimum((values * bins).astype(int), bins - 1)
    gaps = [
        (bin_of == one).sum() * abs(values[bin_of == one].mean() - truth[bin_of == one].mean())
        for one in np.unique(bin_of)
    ]
    return float(sum(gaps) / len(values))


def simulated(decisions: list[Decided], *, cases: int = 20) -> str:
    """Return what a reviewer's 200 decisions give on the suggestions left, over 20 cases."""
    made = min(200, len(decisions) // 2)
    start = replace(_fitted(decisions[:0]), chances=((-4.0, 0.02), (4.0, 0.98)))
    generator = np.random.default_rng(4)
    predicted: list[tuple[float, bool]] = []
    for _ in range(cases):
        order = generator.permutation(len(decisions))
        seen = [decisions[at] for at in order[:made]]
        rest = [decisions[at] for at in order[made:]]
        weights = refit(start, decisions=seen)
        predicted += [(chance(one.names, weights=weights), one.right) for one in rest]
    return figures(predicted)


if __name__ == "__main__":
    main()

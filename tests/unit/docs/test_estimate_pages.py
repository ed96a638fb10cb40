"""The pages about estimates show the table, the figures and the reasons that the code has."""

import re

from affiant.estimate import METHODS, Estimation
from capture_tables import exact, published
from unit.docs.console import DOCS

HOW_TO = (DOCS / "how-to" / "estimate-how-many-nobody-recorded.md").read_text(encoding="utf-8")
EXPLAINED = (DOCS / "explanation" / "what-an-estimate-is.md").read_text(encoding="utf-8")


def test_the_worked_example_is_the_published_table_and_its_names_exist():
    [example] = re.findall(r"```python\n(.*?)```", HOW_TO, re.DOTALL)
    made, _, rest = example.partition("answer = estimate(table, seed=1)")
    names: dict = {}
    exec(made, names)
    assert names["table"] == published("kosovo4")
    asked = set(re.findall(r"answer\.(\w+)", rest + HOW_TO))
    assert asked <= {*Estimation.__slots__, *vars(Estimation)}


def test_the_figures_for_people_who_come_from_r_are_the_exact_ones():
    found = {entry["method"]: entry for entry in exact() if entry["dataset"] == "kosovo4"}
    graphs = next(entry for method, entry in found.items() if "graphs" in method)
    assert f"{graphs['estimate']:,.0f}, {graphs['interval95'][0]:,.0f}" in HOW_TO
    best = next(entry for method, entry in found.items() if "113 models" in method)
    assert f"{best['estimate']:,.1f}" in HOW_TO
    assert all(f"`{method}`" in HOW_TO for method in METHODS)


def test_what_must_be_understood_first_stands_there():
    for words in ("never added up", "whom no list could reach", "Not a count", "No data can test"):
        assert words in EXPLAINED

"""The house rules of STYLE.md, counted. How they are counted stands in census.py."""

import ast
import io
import re
import shutil
import sys
import tokenize
from collections.abc import Iterator
from pathlib import Path

from census import (
    ROOT,
    SOURCE,
    Function,
    Place,
    calls,
    functions,
    is_free,
    lines_of,
    none_of,
    places,
    tool,
    trees,
    where,
)

LONGEST_FUNCTION = 40
MOST_PARAMETERS = 5
LONGEST_FILE = 400
LONGEST_VERIFIER = 815  # one file by promise: a stranger reads it alone, zip to stamps to numbers
MOST_SUPPRESSIONS = 15

FORBIDDEN_MODULES = {
    *("util", "utils", "helper", "helpers", "common", "misc", "manager", "managers", "base"),
    *("tools", "stuff", "lib", "shared"),
}
NOT_OUR_WORDS = {"truth", "duplicate", "duplicates"}


def test_the_counter_sees_the_package():
    assert len(trees()) > 10
    assert any(place.name == "Quote.check" for place in functions())


def test_no_function_is_longer_than_forty_lines_without_its_docstring():
    none_of(
        (
            f"{place}: {lines_of(place.node)} lines"
            for place in functions()
            if lines_of(place.node) > LONGEST_FUNCTION
        ),
        rule=f"at most {LONGEST_FUNCTION} lines, the docstring not counted",
    )


def test_no_function_takes_more_than_five_parameters():
    def parameters(place: Place) -> int:
        arguments = place.node.args
        starred = [argument for argument in (arguments.vararg, arguments.kwarg) if argument]
        return len(place.positional) + len(arguments.kwonlyargs) + len(starred)

    none_of(
        (
            f"{place}: {parameters(place)}"
            for place in functions()
            if parameters(place) > MOST_PARAMETERS
        ),
        rule=f"at most {MOST_PARAMETERS} parameters, self and cls not counted",
    )


def test_no_function_has_more_than_ten_branches():
    rules = "C901,PLR0912"
    done = tool(
        *(sys.executable, "-m", "ruff", "check", "--ignore-noqa", "--select", rules),
        *("--output-format", "concise", "src"),
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_file_is_longer_than_four_hundred_lines():
    paths = [path for kind in ("py", "sql", "js") for path in SOURCE.rglob(f"*.{kind}")]
    paths = [path for path in paths if not {"vendor", "sample"} & set(path.parts)]
    lengths = {
        path: len(path.read_text(encoding="utf-8").splitlines()) for path in [*paths, ROOT / "dev"]
    }
    none_of(
        (
            f"{path.relative_to(ROOT)}: {length} lines"
            for path, length in lengths.items()
            if length > (LONGEST_VERIFIER if "standalone" in path.parts else LONGEST_FILE)
        ),
        rule=f"at most {LONGEST_FILE} lines",
    )


def test_everything_after_the_first_argument_is_keyword_only():
    none_of(
        (
            f"{place}({', '.join(argument.arg for argument in place.positional)})"
            for place in functions()
            if not is_free(place) and len(place.positional) > 1
        ),
        rule="only the first argument is positional",
    )


def test_no_boolean_is_passed_by_position():
    def is_boolean(argument: ast.arg) -> bool:
        return argument.annotation is not None and bool(
            re.search(r"\bbool\b", ast.unparse(argument.annotation))
        )

    none_of(
        (
            f"{place}: {argument.arg}"
            for place in functions()
            if not is_free(place)
            for argument in place.positional
            if is_boolean(argument)
        ),
        rule="a boolean is named where it is passed",
    )


def test_every_module_is_named_after_its_noun():
    none_of(
        (
            str(path.relative_to(ROOT))
            for path in trees()
            for part in path.relative_to(SOURCE).with_suffix("").parts
            if part.strip("_") in FORBIDDEN_MODULES
        ),
        rule=f"none of {', '.join(sorted(FORBIDDEN_MODULES))}",
    )


def test_everything_public_says_what_it_is():
    modules = (
        str(path.relative_to(ROOT))
        for path, tree in trees().items()
        if not ast.get_docstring(tree) and path.stem.strip("_") != ""
    )
    public = (
        str(place)
        for place in places()
        if not any(part.startswith("_") for part in place.name.split("."))
        and not isinstance(place.inside, Function)
        and "overload" not in place.decorators
        and not ast.get_docstring(place.node)
    )
    none_of([*modules, *public], rule="a docstring on every public module, class and function")


def test_no_except_catches_everything():
    broad = {"Exception", "BaseException"}

    def names(kind: ast.expr | None) -> set[str]:
        return {node.id for node in ast.walk(kind) if isinstance(node, ast.Name)} if kind else broad

    handlers = (
        where(path, node)
        for path, tree in trees().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ExceptHandler) and names(node.type) & broad
    )
    suppressed = (
        where(path, call)
        for path, tree in trees().items()
        for call in calls(tree)
        if ast.unparse(call.func).endswith("suppress")
        and any(names(argument) & broad for argument in call.args)
    )
    none_of([*handlers, *suppressed], rule="no bare or broad except")


def test_imports_only_look_down():
    command = shutil.which("lint-imports", path=Path(sys.executable).parent)
    assert command, "lint-imports is not installed beside this Python: run ./dev test"
    done = tool(command, "--no-cache")
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_package_has_its_place_among_the_layers():
    pyproject = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    named = set(re.findall(r"affiant\.(\w+)", pyproject.partition("[tool.importlinter]")[2]))
    standing = {path.stem for path in SOURCE.iterdir() if path.suffix == ".py"} | {
        path.name for path in SOURCE.iterdir() if path.is_dir() and any(path.rglob("*.py"))
    }
    assert standing - {"__init__", "__main__"} <= named
    bare = {path.parent for path in trees() if not (path.parent / "__init__.py").exists()}
    bare -= {SOURCE / "publish" / "standalone"}  # one file that stands alone, in no package
    none_of(
        (str(path.relative_to(ROOT)) for path in sorted(bare)),
        rule="a folder with modules has an __init__.py, or the layers do not see it",
    )


def test_an_init_names_what_its_package_offers_and_nothing_else():
    allowed = ast.Import | ast.ImportFrom | ast.Expr
    lazy = {"__getattr__", "__dir__"}  # affiant.open_case is loaded when it is asked for

    def is_allowed(node: ast.stmt) -> bool:
        if isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            return all(ast.unparse(target).startswith("__") for target in targets)
        if isinstance(node, ast.If):
            return ast.unparse(node.test) == "TYPE_CHECKING"
        return isinstance(node, allowed) or getattr(node, "name", "") in lazy

    none_of(
        (
            where(path, node)
            for path, tree in trees().items()
            if path.name == "__init__.py"
            for node in tree.body
            if not is_allowed(node)
        ),
        rule="an __init__.py holds a docstring, imports and __all__",
    )


def test_values_are_frozen_dataclasses():
    def missing(place: Place) -> list[str]:
        asked = ["frozen=True"]
        if "model" in place.path.parts:
            asked += ["slots=True", "kw_only=True"]
        return [word for word in asked if word not in place.decorators]

    none_of(
        (
            f"{place}: {', '.join(missing(place))}"
            for place in places()
            if isinstance(place.node, ast.ClassDef)
            and re.search(r"\bdataclass\b", place.decorators)
            and not place.node.name.startswith("_")  # working state of one module, no value
            and missing(place)
        ),
        rule="a dataclass is frozen; in the model it has slots and is keyword-only as well",
    )


def test_the_model_and_the_language_touch_no_disk_no_clock_and_no_network():
    forbidden = re.compile(
        r"^(os|io|pathlib|time|random|secrets|socket|subprocess|shutil|sqlite3|apsw|urllib|http)\b"
    )
    clock = re.compile(r"(\.(now|today|utcnow)|^open|\.read_text|\.write_text)$")

    def offenders() -> Iterator[str]:
        for path, tree in trees().items():
            if path.relative_to(SOURCE).parts[0] not in ("model", "language"):
                continue
            for node in ast.walk(tree):
                names = [alias.name for alias in getattr(node, "names", []) if node_is_import(node)]
                names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
                if any(forbidden.search(name) for name in names):
                    yield where(path, node)
            if "importlib.resources" not in ast.unparse(tree):
                yield from (
                    where(path, call)
                    for call in calls(tree)
                    if clock.search(ast.unparse(call.func))
                )

    none_of(offenders(), rule="values in, values out")


def node_is_import(node: ast.AST) -> bool:
    """Tell whether a node is ``import …``; ``from … import …`` is judged by its module."""
    return isinstance(node, ast.Import)


def test_only_the_store_speaks_sql():
    def modules(node: ast.AST) -> list[str]:
        if isinstance(node, ast.Import):
            return [alias.name for alias in node.names]
        return [node.module or ""] if isinstance(node, ast.ImportFrom) else []

    none_of(
        (
            where(path, node)
            for path, tree in trees().items()
            if path.relative_to(SOURCE).parts[0] != "store"
            for node in ast.walk(tree)
            if any(name.split(".")[0] in ("apsw", "sqlite3") for name in modules(node))
        ),
        rule="the database is opened in store/ alone",
    )


def test_sql_is_never_assembled_from_strings():
    def is_assembled(statement: ast.expr) -> bool:
        formatted = isinstance(statement, ast.Call) and ast.unparse(statement.func).endswith(
            (".format", ".join", ".replace")
        )
        return formatted or isinstance(statement, ast.JoinedStr | ast.BinOp)

    none_of(
        (
            f"{where(path, call)} {ast.unparse(call)[:80]}"
            for path, tree in trees().items()
            for call in calls(tree)
            if isinstance(call.func, ast.Attribute)
            and call.func.attr in ("execute", "executemany", "executescript")
            and call.args
            and is_assembled(call.args[0])
        ),
        rule="SQL stands as written, with named parameters",
    )


def test_few_warnings_are_silenced_and_each_is_counted(note):
    comments = [
        (path, token.string)
        for path in trees()
        for token in tokenize.generate_tokens(io.StringIO(path.read_text("utf-8")).readline)
        if token.type == tokenize.COMMENT
    ]
    words = ("noqa", "type: ignore", "pragma: no cover")
    silenced = {
        word: [
            f"{path.relative_to(ROOT)} {comment}" for path, comment in comments if word in comment
        ]
        for word in words
    }
    counts = ", ".join(f"{len(found)} '{word}'" for word, found in silenced.items())
    note(f"silenced warnings in src: {counts} (at most {MOST_SUPPRESSIONS} in all)")
    places_ = [place for found in silenced.values() for place in found]
    if len(places_) > MOST_SUPPRESSIONS:
        none_of(places_, rule=f"at most {MOST_SUPPRESSIONS} silenced warnings, not {len(places_)}")


def test_no_file_names_a_place_on_somebodys_machine():
    place = re.compile(r"(?<![\w.:/-])/(?:work|root|home/\w+|tmp/probe|Users/\w+)/")
    kinds = {".py", ".md", ".toml", ".txt", ".html", ".css", ".js", ".sql", ".cfg", ".yml", ""}
    ignored = {"build", "dist", "node_modules", "__pycache__"}

    def is_ours(path: Path) -> bool:
        parts = path.relative_to(ROOT).parts
        hidden = any(part.startswith(".") and part != ".ci" for part in parts)
        return path.is_file() and path.suffix in kinds and not hidden and not ignored & set(parts)

    folders = ("src", "tests", "docs", "lock", "benchmarks", ".ci")
    paths = [*ROOT.glob("*"), *(path for name in folders for path in (ROOT / name).rglob("*"))]
    none_of(
        (
            f"{path.relative_to(ROOT)}: {found.group()}"
            for path in filter(is_ours, paths)
            if path != Path(__file__)
            for found in [place.search(path.read_text(encoding="utf-8", errors="replace"))]
            if found
        ),
        rule="paths are relative to the project or the user's own",
    )


def test_words_that_are_not_ours_name_nothing():
    def names(tree: ast.AST) -> Iterator[tuple[ast.AST, str]]:
        for node in ast.walk(tree):
            for field in ("id", "attr", "arg", "name"):
                value = getattr(node, field, None)
                if isinstance(value, str):
                    yield node, value

    def words(identifier: str) -> set[str]:
        return set(re.sub(r"(?<=[a-z])(?=[A-Z])", "_", identifier).lower().split("_"))

    none_of(
        (
            f"{where(path, node) if hasattr(node, 'lineno') else path.relative_to(ROOT)} {name}"
            for path, tree in trees().items()
            for node, name in names(tree)
            if words(name) & NOT_OUR_WORDS
        ),
        rule="Affiant knows no truth, and a person has no duplicate",
    )

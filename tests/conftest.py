"""What every test stands on: a configuration of its own, no network, nothing skipped unseen."""

import ipaddress
import os
import socket
from collections.abc import Callable, Iterator
from itertools import count

import pytest
from hypothesis import HealthCheck, settings

from programs import path_of, sentence

FULL = os.environ.get("AFFIANT_FULL") == "1" or os.environ.get("CI", "").lower() == "true"

settings.register_profile("local", deadline=None)
settings.register_profile(
    "ci",
    deadline=None,
    derandomize=True,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("ci" if FULL else "local")

_numbers = count()


# Fixtures


@pytest.fixture(autouse=True)
def configuration(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory):
    """Give each test a configuration folder of its own; it is named, not yet made."""
    folder = tmp_path_factory.getbasetemp() / f"configuration-{next(_numbers)}"
    monkeypatch.setenv("AFFIANT_CONFIG", str(folder))
    return folder


@pytest.fixture
def note(record_property) -> Callable[[str], None]:
    """Return a function that has a sentence printed at the end of the whole run."""
    return lambda sentence: record_property("note", sentence)


def _program(name: str):
    """Make a fixture: the path of a system program, or a skip that says what is missing."""

    @pytest.fixture(name=name, scope="session")
    def path() -> str:
        found = path_of(name)
        if found is None:
            pytest.skip(sentence(name))
        return found

    return path


bagit = _program("bagit")
bubblewrap = _program("bubblewrap")
chromium = _program("chromium")
ffprobe = _program("ffprobe")
openssl = _program("openssl")
pdftoppm = _program("pdftoppm")
tesseract = _program("tesseract")
bagit = _program("bagit")
wacz = _program("wacz")


@pytest.fixture(autouse=True, scope="session")
def stay_on_this_machine() -> Iterator[None]:
    """Fail a test in whose process anything reaches for the network."""
    connect, look_up = socket.socket.connect, socket.getaddrinfo

    def local_connect(self: socket.socket, address: object) -> None:
        if self.family != getattr(socket, "AF_UNIX", None):
            _refuse_far(address[0])
        connect(self, address)

    def local_look_up(host: object, *rest: object, **options: object) -> list:
        _refuse_far(host)
        return look_up(host, *rest, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", local_connect)
        patch.setattr(socket, "getaddrinfo", local_look_up)
        yield


def _refuse_far(host: object) -> None:
    """Let this machine's own addresses pass, nothing else."""
    name = host.decode() if isinstance(host, bytes) else host
    if name in (None, "", "localhost"):
        return
    try:
        near = ipaddress.ip_address(name).is_loopback
    except ValueError:
        near = False
    if not near:
        pytest.fail(f"the code under test reached for the network: {name}", pytrace=True)


# Nothing is skipped unseen


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo):
    """Turn a skipped test into a failure where everything must run."""
    report = yield
    return _not_skipped(report)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_make_collect_report(collector: pytest.Collector):
    """Turn a skipped file into a failure where everything must run."""
    report = yield
    return _not_skipped(report)


def _not_skipped(report):
    """Return the report, failed if it was skipped and nothing may be."""
    if FULL and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"{report.nodeid}: skipped where nothing may be skipped: {reason}"
    return report


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Fail a run in which no test ran, all skipped ones among them."""
    option = session.config.option
    only_looks = option.collectonly or option.showfixtures or option.show_fixtures_per_test
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if exitstatus or only_looks or reporter is None or hasattr(session.config, "workerinput"):
        return
    if not any(reporter.stats.get(outcome) for outcome in ("passed", "xfailed", "xpassed")):
        session.exitstatus = pytest.ExitCode.NO_TESTS_COLLECTED


def pytest_terminal_summary(terminalreporter) -> None:
    """Print what the tests noted."""
    reports = terminalreporter.stats.get("passed", [])
    for report in reports:
        for name, sentence_ in report.user_properties:
            if name == "note":
                terminalreporter.write_line(f"note: {sentence_}")

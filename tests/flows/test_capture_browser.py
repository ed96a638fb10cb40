"""The page as Chromium shows it, and Chromium behind the same fence as everything else."""

import io
import json
import os
import socket
import tempfile
from pathlib import Path
from time import monotonic

import pytest
from PIL import Image
from pypdf import PdfReader

from affiant.preserve.capture.connect import Route
from affiant.preserve.capture.gate import Gate
from affiant.preserve.capture.job import Caps
from affiant.preserve.capture.reach import Reach
from flows.capturing import check_archive, run_capture
from flows.website import answer, running_site, trap

SHOWN = """<!doctype html><meta charset="utf-8"><title>t</title>
<style>p { margin: 0 }
html { background: rgb(10, 120, 40) } body { margin: 0; height: 3000px }</style>
<p id="p">not yet</p>
<script>document.getElementById("p").textContent = "written by " +
"a script: \\u06af\\u0632\\u0627\\u0631\\u0634";
console.log("a line for the log"); alert("nobody is here");</script>"""
# %s: host and port of the trap. Each is a way that a page could try.
ATTEMPTS = """<!doctype html><meta charset="utf-8"><p id="p">trying</p>
<link rel="preconnect" href="http://{0}/"><link rel="dns-prefetch" href="http://{0}/">
<link rel="prefetch" href="http://{0}/prefetch"><link rel="stylesheet" href="http://{0}/s.css">
<img src="http://{0}/img"><iframe src="http://{0}/frame"></iframe>
<iframe src="{1}"></iframe><img src="{1}"><object data="http://{0}/object"></object>
<video src="http://{0}/video"></video>
<form id="f" action="http://{0}/form" target="x" method="post"></form>
<iframe name="x"></iframe><img src="http://2130706433:{2}/odd"><img src="http://localhost:{2}/">
<img src="http://[::ffff:127.0.0.1]:{2}/"><img src="https://{0}/tls"><img src="ftp://{0}/ftp">
<script src="http://{0}/script.js"></script>
<script>
fetch("http://{0}/fetch", {{mode: "no-cors"}}).catch(() => 0);
new WebSocket("ws://{0}/socket");
navigator.sendBeacon("http://{0}/beacon", "x");
new EventSource("http://{0}/events");
const x = new XMLHttpRequest(); x.open("GET", "http://{0}/xhr"); x.send();
document.getElementById("f").submit();
new Worker(URL.createObjectURL(new Blob(["fetch('http://{0}/worker',{{mode:'no-cors'}}).catch(()=>0)"])));
const peer = new RTCPeerConnection({{iceServers: [{{urls: ["stun:{0}", "turn:{0}?transport=tcp"],
  username: "u", credential: "c"}}]}});
peer.createDataChannel("d"); peer.createOffer().then((o) => peer.setLocalDescription(o));
setTimeout(() => {{ document.getElementById("p").textContent = "tried everything"; }}, 1500);
</script>"""


@pytest.fixture
def site():
    with running_site() as running:
        yield running


def look(site, path: str, folder: Path, chromium: str, **more):
    allow = [site.authority]
    caps = Caps(connect_s=5, silence_s=5, total_s=60)
    run = run_capture(site.url(path), folder, allow=allow, browser=chromium, caps=caps, **more)
    check_archive(run.path)
    return run


def kept(run, name: str) -> bytes:
    [found] = [each for each in run.of("resource") if each.uri.startswith(f"urn:{name}:")]
    return found.block


def test_picture_print_elements_and_log_are_kept(site, chromium, tmp_path):
    site.page("/shown", answer(SHOWN.encode()))
    run = look(site, "/shown", tmp_path, chromium)
    seen = run.outcome.browser
    assert (seen["code"], seen["loaded"]) == (None, True)
    assert seen["kept"] == ["dom", "log", "pdf", "screenshot"]
    assert "Chrom" in seen["version"]
    picture = Image.open(io.BytesIO(kept(run, "fullPage"))).convert("RGB")
    assert picture.size == (1280, 3000), "the whole page, not what fits the window"
    assert picture.getpixel((640, 2900)) == (10, 120, 40)
    text = PdfReader(io.BytesIO(kept(run, "pdf"))).pages[0].extract_text()
    assert "written by a script" in text
    elements = kept(run, "dom").decode("utf-8")
    assert '<p id="p">written by a script: گزارش</p>' in elements
    log = json.loads(kept(run, "log"))
    assert log["dialogs"] == 1
    assert log["console"][0]["text"] == "a line for the log"
    assert log["requests"][0] == {
        **{"address": site.url("/shown"), "method": "GET", "kind": "Document"},
        **{"status": 200, "media_type": "text/html"},
    }
    assert (
        run.of("response", ends="/shown")[0].block
        == site.sent["/shown"][: len(answer(SHOWN.encode()))]
    )


def test_no_way_of_a_page_leads_the_browser_to_a_forbidden_address(site, chromium, tmp_path):
    with trap() as forbidden, trap(host="::1") as sixth:
        place = f"127.0.0.1:{forbidden.port}"
        on = site.url(f"/to?url=http://{place}/redirected")
        site.page("/attempts", answer(ATTEMPTS.format(place, on, forbidden.port).encode()))
        run = look(site, "/attempts", tmp_path, chromium)
        assert forbidden.connections == []
        assert forbidden.datagrams == []
        assert sixth.connections == []
    assert "tried everything" in kept(run, "dom").decode()
    log = json.loads(kept(run, "log"))
    refused = {
        each["asked"] for each in log["refused_by_gate"] if each["code"] == "address_refused"
    }
    for way in ("img", "script.js", "fetch", "frame", "xhr", "redirected", "events", "worker"):
        assert f"http://{place}/{way}" in refused, way
    assert place in refused, "the web socket"
    assert run.outcome.browser["refused"] > 8


def test_the_same_page_does_reach_the_trap_without_the_fence(site, chromium, tmp_path):
    with trap() as forbidden:
        place = f"127.0.0.1:{forbidden.port}"
        site.page("/attempts", answer(ATTEMPTS.format(place, site.url(), forbidden.port).encode()))
        allow = [site.authority, place]
        run_capture(
            site.url("/attempts"), tmp_path, allow=allow, browser=chromium, requisites=False
        )
        assert forbidden.connections, "the attempts are real"


def test_what_the_browser_asks_for_by_itself_is_refused():
    found = []

    def resolve(host: str) -> list[str]:
        found.append(host)
        return ["93.184.216.34"]

    route = Route(reach=Reach(), caps=Caps(), resolve=resolve)
    with Gate(route, until=monotonic() + 30, most=1000) as gate:
        with socket.create_connection(("127.0.0.1", gate.port)) as asking:
            asking.sendall(b"CONNECT maker.example:443 HTTP/1.1\r\n\r\n")
            assert asking.recv(100).startswith(b"HTTP/1.1 403 Forbidden")
        assert gate.refused == [{"asked": "maker.example:443", "code": "not_by_the_page"}]
    assert found == []


def test_the_profile_is_fresh_each_time(site, chromium, tmp_path):
    page = "<p id=p></p><script>document.cookie = 'a=1; max-age=9999'; p.textContent = 'seen ' +"
    page += "(localStorage.n = (+localStorage.n || 0) + 1)</script>"
    site.page("/count", answer(page.encode()))
    before = set(Path(tempfile.gettempdir()).glob("affiant-*"))
    for _ in range(2):
        run = look(site, "/count", tmp_path, chromium)
        assert "seen 1" in kept(run, "dom").decode()
    browsers = [head for path, head in site.heads if "Chrome" in head.get("User-Agent", "")]
    assert all(
        "Cookie" not in head for head in browsers if head.get("Accept", "").startswith("text")
    )
    assert set(Path(tempfile.gettempdir()).glob("affiant-*")) <= before


def test_a_page_that_never_ends_is_given_up_and_the_browser_ended(site, chromium, tmp_path):
    site.page("/endless", answer(b"<p>before</p><script>while (true) {}</script>"))
    caps = Caps(total_s=4)
    allow = [site.authority]
    began = monotonic()
    run = run_capture(site.url("/endless"), tmp_path, allow=allow, browser=chromium, caps=caps)
    assert monotonic() - began < 15
    assert run.outcome.code is None
    assert run.outcome.browser["code"] == "browser_timed_out"
    assert run.outcome.browser["kept"] == ["log"]
    assert _children_named("chrom") == []


def test_a_browser_that_does_not_start_is_said(site, tmp_path):
    run = look(site, "/plain", tmp_path, "/bin/false")
    assert run.outcome.code is None
    assert run.outcome.browser["code"] == "browser_failed"


def _children_named(part: str) -> list[str]:
    """Return the command names of living children of this process."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            text = status.read_text()
        except OSError:
            continue
        name, rest = text[text.index("(") + 1 :].rsplit(")", 1)
        state, parent = rest.split()[:2]
        if int(parent) == os.getpid() and part in name and state != "Z":
            found.append(name)
    return found

"""What a hostile document says is shown as text: nothing runs, nothing is asked for."""

import threading
import time

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from affiant.web.guard import Guard, Secrets
from flows.desk import new_desk, write
from web.bench import press_through

AWAY = "http://127.0.0.1:9/"
VECTORS = (
    f"<script>fetch('{AWAY}1');window.ran=1</script>",
    f"<script src='{AWAY}2.js'></script>",
    f"<img src='{AWAY}3.png'>",
    "<img src=x onerror='window.ran=4'>",
    f"<img srcset='{AWAY}5.png 1x'>",
    f"<iframe src='{AWAY}6'></iframe>",
    '<iframe srcdoc="<script>top.ran=7</script>"></iframe>',
    f"<link rel=stylesheet href='{AWAY}8.css'>",
    f"<link rel=preload as=image href='{AWAY}9.png'>",
    f"<link rel=prefetch href='{AWAY}10'>",
    f"<style>@import url('{AWAY}11.css');</style>",
    f"<style>body{{background:url('{AWAY}12.png')}}</style>",
    f"<div style=\"background:url('{AWAY}13.png')\">x</div>",
    f"<object data='{AWAY}14'></object>",
    f"<embed src='{AWAY}15'>",
    f"<video src='{AWAY}16.mp4' autoplay></video>",
    f"<video poster='{AWAY}17.png'></video>",
    f"<audio src='{AWAY}18.mp3' autoplay></audio>",
    f"<svg><image href='{AWAY}19.png'/></svg>",
    "<svg onload='window.ran=20'></svg>",
    "<svg><script>window.ran=21</script></svg>",
    "<body onload='window.ran=22'>",
    "<details open ontoggle='window.ran=23'><summary>x</summary></details>",
    f"<input type=image src='{AWAY}24.png'>",
    f"<form action='{AWAY}25'><input autofocus onfocus='window.ran=25'></form>",
    f"<track src='{AWAY}26.vtt'><video><source src='{AWAY}26.mp4'></video>",
    f"<script type=module>import '{AWAY}27.js'</script>",
    "<a href='javascript:window.ran=28' id=go>x</a>",
    f"<base href='{AWAY}'>",
    f"<div hx-get='{AWAY}30' hx-trigger='load'>x</div><div hx-on:click='window.ran=30'>y</div>",
    "{{ 7 * 7 }}{% raw %}{% include 'shell.html' %}{% endraw %}",
    "</p></div></article></main><script>window.ran=32</script>",
    f"<meta http-equiv=refresh content='0;url={AWAY}33'>",
)


def test_a_hostile_document_runs_nothing_and_asks_for_nothing(opened, tmp_path):
    desk = new_desk(tmp_path / "case")
    lines = [f"Soldiers killed four men in Oreth {vector}." for vector in VECTORS]
    name = "<img src=x onerror=alert(1)>.txt"
    desk.run("add", write(tmp_path / "in", {name: "\n".join(lines)}))
    desk.run("read")
    document = desk.json("status", "--documents")[0]["document"]
    words = '"><script>window.ran=1</script><img src=x onerror=window.ran=2>'
    for nth in (0, 1):
        desk.add_claim(
            document,
            act="killing",
            speakers=[{"name": words}],
            method=words,
            denies=words,
            involvements=[{"name": words, "role": "victim", "side": "victim"}],
            counts=[{"of": "killed", "min": 4, "max": 4, "words": words}],
            quotes=[{"slot": "act", "exact": "killed four men", "nth": nth}],
        )
    desk.run("suggest")
    at, tab = opened(desk)
    page = tab.document(document)
    assert page.locator("#queue li").count() >= 2
    press_through(page, "j")
    page.keyboard.press("e")
    page.wait_for_selector("form[data-draft]")
    page.wait_for_timeout(300)
    assert page.evaluate("window.ran") is None
    text = page.inner_text("#doc")
    assert all(vector in text for vector in VECTORS)
    own = ("/", "/open", "/document", "/claim", "/edit", "/static/", "/published/")
    for url in tab.asked:
        assert url.startswith(at.origin)
        assert url.removeprefix(at.origin).startswith(own), url
    tab.confirm_quiet()


def _served(guarded: bool):
    """A server on this machine whose page holds every vector as it is."""
    body = "<!doctype html><title>hostile</title>" + "\n".join(VECTORS[:29])

    async def page(request) -> Response:
        return HTMLResponse(body)

    app = Starlette(routes=[Route("/", page)])
    settings = uvicorn.Config(app, port=0, log_level="critical", lifespan="off")
    server = uvicorn.Server(settings)
    socket = settings.bind_socket()
    port = socket.getsockname()[1]
    if guarded:
        settings.app = Guard(app, secrets=Secrets(token="t" * 64, cookie="c" * 64), port=port)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [socket]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    return server, thread, port


@pytest.mark.parametrize("guarded", [True, False])
def test_were_it_shown_as_it_is_the_header_would_still_stop_it(browser, guarded):
    server, thread, port = _served(guarded)
    context = browser.new_context()
    page = context.new_page()
    left = []
    page.on(
        "requestfinished",
        lambda request: left.append(request.url) if not _own(request.url, port) else None,
    )
    page.on(
        "requestfailed",
        lambda request: (
            left.append(request.url)
            if not _own(request.url, port) and "csp" not in (request.failure or "").lower()
            else None
        ),
    )
    page.goto(
        f"http://127.0.0.1:{port}/open?token={'t' * 64}" if guarded else f"http://127.0.0.1:{port}/"
    )
    page.wait_for_timeout(800)
    ran = page.evaluate("window.ran")
    context.close()
    server.should_exit = True
    thread.join(10)
    if guarded:
        assert (left, ran) == ([], None)
    else:
        assert len(set(left)) >= 10, "without the header the vectors are live"
        assert ran is not None


def _own(url: str, port: int) -> bool:
    return url.startswith(f"http://127.0.0.1:{port}/")

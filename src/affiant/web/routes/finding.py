"""Search: any script and spelling; a hit leads to its place in the document."""

from dataclasses import asdict, dataclass
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from affiant.store.case import Case
from affiant.store.search import Hit, find, index_texts
from affiant.web.workbench import workbench_of

MOST: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A passage that was found, cut so that the found words can be marked.

    Attributes:
        hit: The passage.
        before: Its words before those that were found.
        after: Its words after them.
        paragraph: Where its paragraph begins in the text, in code points.
    """

    hit: Hit
    before: str
    after: str
    paragraph: int


def look(case: Case, *, words: str) -> list[Found]:
    """Return the passages that hold all the words."""
    index_texts(case)
    return [
        _cut(hit, text=case.text(hit.text_digest)) for hit in find(case, words=words, limit=MOST)
    ]


def _cut(hit: Hit, *, text: str) -> Found:
    """Cut a passage around the found words, within their paragraph."""
    first = text.rfind("\n", 0, hit.start) + 1
    last = text.find("\n", hit.end)
    room = 120
    return Found(
        hit=hit,
        before=text[max(first, hit.start - room) : hit.start].lstrip(),
        after=text[hit.end : min(len(text) if last < 0 else last, hit.end + room)].rstrip(),
        paragraph=first,
    )


async def show_found(request: Request) -> Response:
    """Show what was found."""
    bench = workbench_of(request)
    words = request.query_params.get("q", "").strip()
    found = await bench.keeper.run(look, words=words) if words else []
    if request.url.path.endswith(".json"):
        return JSONResponse([asdict(each.hit) for each in found])
    return bench.drawing.page("find", q=words, found=found, most=MOST)


ROUTES = (Route("/find", show_found), Route("/find.json", show_found))

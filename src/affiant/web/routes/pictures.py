"""Pages as pictures."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from affiant.errors import WrongUseError
from affiant.web.page_images import page_png, page_source
from affiant.web.workbench import asked, workbench_of


async def show_page(request: Request) -> Response:
    """Show one page of a document as a picture."""
    bench = workbench_of(request)
    number = asked(request, name="page")
    if not (number.isascii() and number.isdecimal() and 1 <= int(number[:6]) < 100_000):
        raise WrongUseError("pages are numbered from 1", remedy="Name a page by its number.")
    document = asked(request, name="document")
    data, kind = await bench.keeper.run(page_source, document=document, box=bench.box)
    png = await run_in_threadpool(page_png, data, kind=kind, number=int(number), box=bench.box)
    return Response(png, media_type="image/png")


ROUTES = (Route("/page.png", show_page),)

"""``affiant review``."""

import sys
import webbrowser

import click

from affiant.cli.command import reads
from affiant.cli.output import print_line, say
from affiant.cli.settings import Settings
from affiant.web.serving import serve


@reads
@click.option("--no-browser", is_flag=True, help="Print the address only.")
@click.pass_obj
def review(settings: Settings, no_browser: bool) -> None:
    """Open the workbench in the browser, on this machine only, until Ctrl+C.

    Claims are decided on by key; every decision is signed and safe on the disk before the
    next claim is shown. The address works once, for whoever opens it first.

    Example: affiant review --as "Ada Corvin"
    """
    with settings.open() as case:
        key = settings.key()
        reviewer = case.policies.person_of(key.public)
        name = case.policies.keys().get(key.public, settings.default_name())

    def opened(address: str) -> None:
        if settings.as_json:
            print_line({"address": address})
        say(settings, message=f"The workbench of {name}: {address}\nCtrl+C ends it.")
        sys.stdout.flush()
        if not no_browser:
            webbrowser.open(address)

    serve(
        settings.folder,
        key=key,
        person=(reviewer, name),
        surroundings=settings.surroundings,
        opened=opened,
    )

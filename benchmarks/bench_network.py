"""How fast the network page with 500 actors is there: made by the server and drawn by a browser, under 2 s is asked.

Each actor has six links on average, and a few have many, as in real networks.
"""

import sys
import tempfile
import time
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

# First, since it sets up Django with the settings of the tests.
from benchmarks.search import Growing  # isort: skip
from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import connection
from playwright.sync_api import Route, sync_playwright
from tools.services import find_chromium

from benchmarks.run import Measured, report
from zicht.evidence.actors.naming import make_actor, note_name
from zicht.evidence.models import Actor, Source, Statement
from zicht.evidence.sources.actions import receive
from zicht.people import keys

ACTORS, LINKS = 500, 1_500
ADDRESS, PAGE = "http://localhost/", "/staff/evidence/network/"
TIMES = 5
# Everything is on the screen when the frame after the next one begins.
DRAWN = "() => new Promise(ready => requestAnimationFrame(() => requestAnimationFrame(() => ready(performance.now()))))"


def main() -> int:
    """Measure in a database of its own."""
    with tempfile.TemporaryDirectory() as folder:
        settings.KEYS_FOLDER = Path(folder)
        keys.make_signing_key(Path(folder))
        connection.creation.create_test_db(verbosity=0, autoclobber=True)
        browser = _fill().browser
        browser.get(PAGE)  # compiles the template
        made = []
        for _ in range(TIMES):
            start = time.process_time()
            page = browser.get(PAGE).content
            made.append(time.process_time() - start)
        connection.creation.destroy_test_db(str(settings.DATABASES["default"]["NAME"]), verbosity=0)
    server = 1000 * sorted(made)[TIMES // 2]
    print(f"{page.count(b'network__node'):,} actors, {page.count(b'network__line'):,} lines, {len(page):,} bytes")
    drawn = _drawn(page)
    both = [Measured("made by the server", server, 2_000, "ms")]
    return report([*both, Measured("made, and drawn in Chromium", server + drawn, 2_000, "ms")] if drawn else both)


def _fill() -> Growing:
    growing = Growing()
    source = receive(growing.researcher, b"Who does what to whom.", {"kind": "press", "title": "Links"}).source
    actors = []
    for number in range(ACTORS):
        actor = make_actor(growing.researcher, source, f"Trading house {number} of the port", "company")
        note_name(growing.researcher, actor, source, f"Trading house {number} of the port")
        actors.append(actor)
    Statement.objects.bulk_create(_links(growing, source, actors))
    return growing


def _links(growing: Growing, source: Source, actors: list[Actor]) -> list[Statement]:
    chance = Random(39)  # noqa: S311 - the same links each time
    told: dict[str, Any] = {
        "predicate": "associate",
        "closeness": "repeated",
        "method": "by_hand",
        "text": "trades with",
    }
    told |= {"source": source, "recorded_by": growing.researcher}
    # Who has a low number has many links: the square of a chance is more often small.
    pairs = {(actor, actors[int(len(actors) * chance.random() ** 2)]): None for actor in actors * (LINKS // ACTORS + 1)}
    some = islice(((one, other) for one, other in pairs if one != other), LINKS)
    return [Statement(subject=one, object=other, **told) for one, other in some]


def _drawn(page: bytes) -> float:
    """Give the milliseconds from asking for the page until it is drawn, without the work of the server."""
    if find_chromium() is None:
        print("Chromium is not here: what it draws is not measured.")
        return 0.0

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(ADDRESS)
        file = finders.find(path.removeprefix("static/")) if path.startswith("static/") else None
        if file:
            route.fulfill(path=file)
        else:
            route.fulfill(body=page if path == PAGE[1:] else b"", content_type="text/html; charset=utf-8")

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium())
        taken = []
        for _ in range(TIMES):
            tab = browser.new_page()
            tab.route("**/*", answer)
            tab.goto(ADDRESS + PAGE[1:])
            taken.append(float(tab.evaluate(DRAWN)))
            tab.close()
        browser.close()
    return sorted(taken)[TIMES // 2]


if __name__ == "__main__":
    sys.exit(main())

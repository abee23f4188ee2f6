"""Measure the pages of the register in this process, on SQLite or on ZICHT_TEST_DATABASE_URL, at growing sizes.

Prints one line of JSON for each size. The requests are real but for the network: all middleware, an account that signed
in with its second factor, the access log, and keys outside the database.
"""

import datetime as dt
import gc
import json
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from random import Random
from typing import Any, Protocol

# First, since it sets up Django with the settings of the tests.
from benchmarks.bench_log import write_in_the_past  # isort: skip
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.forms import Fields, fields_of
from zicht.cases.models import Case
from zicht.cases.rights.retention.queries import find_due
from zicht.figures import extract
from zicht.figures.protection import hide
from zicht.figures.register.counting import fields_told_apart
from zicht.figures.register.releases import make_release
from zicht.people import keys, log
from zicht.people.actions import accept_invitation, add_partner, create_organisation, invite_account
from zicht.people.models import Account, Organisation
from zicht.people.short_codes import short_code
from zicht.site.made_up import PARTNERS
from zicht.site.made_up_register import desks
from zicht.site.made_up_register.draw import draw
from zicht.site.made_up_register.store import Place, store

FURTHER = re.compile(r"begin=(\d{8}[0-9a-f]{32})")  # in the address of the next page of a list
FEW = 5  # tables of a year and a look at all that is due, which take seconds
EACH = 40  # requests of a kind; the 95th percentile is the second slowest but one
TODAY = dt.date(2026, 3, 2)
PASSWORD = "quiet river under seven lamps"  # noqa: S105 - opens nothing
Work = Callable[[], object]
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # noqa: S105 - of an authenticator app that nobody has
# Filters with a value that many cases have, and one that few have.
FILTERS = {
    "state, common": {"state": "closed"},
    "state, less common": {"state": "follow_up"},
    "gender, common": {"gender": "f"},
    "gender, rare": {"gender": "tm"},
    "age, common": {"age_band": "16_17"},
    "age, rare": {"age_band": "09_11"},
    "status, common": {"status": "possible"},
    "status, rare": {"status": "not_victim"},
    "form, common": {"main_form": "sexual"},
    "form, rare": {"main_form": "organ"},
    "form, none": {"main_form": "adoption"},
    "gender and age, rare together": {"gender": "nb", "age_band": "48_up"},
    "all filters": {
        "state": "active",
        "gender": "m",
        "age_band": "30_38",
        "status": "identified",
        "main_form": "labour",
    },
    "days of one month": {"from_day": "2022-05-01", "to_day": "2022-05-31"},
    "my own": {"owner": "mine"},
    "my own, open": {"owner": "mine", "state": "active"},
}


class Register:
    """A register that grows, and browsers of people who work with it."""

    def __init__(self) -> None:
        values = {"org_name": "Help", "org_type": "care_coord", "legal_regime": "avg"}
        self.administrator = accepted(create_organisation(values, login="admin", shown_as="Admin").code)
        others = [add_partner(self.administrator, dict(values)) for values in PARTNERS]
        others.append(add_partner(self.administrator, {"org_name": "P", "org_type": "police", "legal_regime": "wpg"}))
        roles = {*desks.HELP.owners, *desks.HELP.team}
        self.staff = {role: self._invite(role) for role in sorted(roles)}
        self.place = Place(
            Organisation.objects.get(org_name="Help"), self.staff, {other.org_type: other for other in others}
        )
        self.persons = 0
        self.browsers = {role: browser_of(self.staff[role]) for role in ("case_worker", "counsellor")}

    def _invite(self, role: str) -> Account:
        invitation = invite_account(
            self.administrator, login=role.replace("_", "-"), shown_as=role.replace("_", " "), roles=[role]
        )
        return accepted(invitation.code)

    def grow(self, persons: int) -> None:
        """Add persons with their cases, and lines in the access log."""
        more = persons - self.persons
        store(draw(f"benchmark {persons}", more, TODAY, desks.HELP), self.place)
        write_in_the_past(self.administrator, more // 1_000 * 1_000)
        self.persons = persons
        analyse()

    def load(self) -> None:
        """Load the code of every page."""
        take(get(self.browsers["case_worker"], "/staff/cases/"))

    def works(self) -> Iterator[tuple[str, list[Work]]]:
        """Give what is measured, each as many pieces of work."""
        return works(self)


def analyse() -> None:
    """Let PostgreSQL count its tables, which its own service does within a minute."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def accepted(code: str) -> Account:
    """Give the account of an invitation that is accepted."""
    return accept_invitation(code, PASSWORD)


def browser_of(account: Account) -> Client:
    """Give a browser in which an account is signed in."""
    TOTP.activate(account, SECRET)
    client = Client(headers={"host": "localhost"})
    client.force_login(account)
    return client


# --- what is measured ---------------------------------------------------------------------------------------------
def works(register: Register) -> Iterator[tuple[str, list[Work]]]:
    """Give what is measured, each as many pieces of work."""
    chance = Random(1)  # noqa: S311 - keeps no secret
    cases = list(Case.objects.order_by("pk").values_list("pk", "persons"))
    some = chance.sample(cases, EACH)
    del cases  # a hundred thousand of them would be gone through by each collection of garbage
    worker, counsellor = register.browsers["case_worker"], register.browsers["counsellor"]
    yield "list", [get(worker, "/staff/cases/")] * EACH
    further = FURTHER.search(worker.get("/staff/cases/").content.decode())
    yield "list, next page", [get(worker, "/staff/cases/", begin=further[1] if further else "")] * EACH
    yield "list, oldest first", [get(worker, "/staff/cases/", order="oldest")] * EACH
    yield "list of a counsellor", [get(counsellor, "/staff/cases/")] * EACH
    for name, wanted in FILTERS.items():
        yield f"list: {name}", [get(worker, "/staff/cases/", **wanted)] * EACH
    yield "search by code of a case", [get(worker, "/staff/cases/", code=short_code(case)) for case, _ in some]
    yield "search by code of a person", [get(worker, "/staff/cases/", code=short_code(who)) for _, who in some]
    yield (
        "search by the beginning of a code",
        [get(worker, "/staff/cases/", code=short_code(case)[:3]) for case, _ in some],
    )
    yield "search that finds nothing", [get(worker, "/staff/cases/", code="ZZZZ-ZZZZ")] * EACH
    yield "page of a case", [get(worker, f"/staff/cases/{case}/") for case, _ in some]
    yield "history of a case", [get(worker, f"/staff/cases/{case}/history/") for case, _ in some]
    pages = [f"/staff/cases/{case}/persons/{who}/ask/who/" for case, who in some]
    yield "form of a person", [get(worker, page) for page in pages]
    yield "save a person", [post(worker, page, _other_gender) for page in pages]
    yield "open a case", [post(worker, "/staff/cases/open/", _with_a_person)] * EACH
    yield "one line in the access log", [lambda: _log(register.staff["case_worker"])] * EACH
    yield "what is due for erasing", [partial(find_due, register.place.org)] * FEW
    for level in ("internal", "public"):
        yield f"all tables of a year, {level}", [partial(_tables, register.place.org, level)] * FEW


def get(client: Client, path: str, **query: str) -> Work:
    """Give the work of opening a page."""

    def work() -> None:
        response = client.get(path, query)
        assert response.status_code == 200, (path, query, response.status_code)

    return work


def post(client: Client, path: str, change: Callable[[Fields], None]) -> Work:
    """Give the work of sending a form; opening it is not part of it."""
    return _Sending(client, path, change)


class _Sending:
    """A form that is filled in beforehand and then sent."""

    def __init__(self, client: Client, path: str, change: Callable[[Fields], None]) -> None:
        self.client, self.path, self.change = client, path, change
        self.fields: Fields = {}

    def prepare(self) -> None:
        """Open and fill in the form."""
        self.fields = fields_of(self.client.get(self.path).content)
        self.change(self.fields)

    def __call__(self) -> None:
        """Send the form."""
        response = self.client.post(self.path, self.fields)
        assert response.status_code == 302, (self.path, response.status_code)


def _other_gender(fields: Fields) -> None:
    fields["gender"] = ["m" if fields.get("gender") == ["f"] else "f"]


def _with_a_person(fields: Fields) -> None:
    fields.update({"person-status": ["possible"], "person-status_by": ["ngo"], "person-status_date": [str(TODAY)]})


def _tables(organisation: Organisation, level: str) -> None:
    """Read a whole year and make its tables; what was hidden before is not remembered."""
    hide.cache_clear()
    year = extract.years_of(organisation)[1]  # the newest has only begun
    make_release(extract.read_register(organisation, year, fields_told_apart()), level, TODAY)


@transaction.atomic
def _log(account: Account) -> None:
    log.append(account, "seen", "case", account.pk, purpose="case_work", compartment="help")


def measure(measured: Iterable[tuple[str, list[Work]]]) -> dict[str, Any]:
    """Give the median and 95th percentile in milliseconds, and the most queries, of everything that is measured."""
    found = {}
    for name, pieces in measured:
        take(pieces[0])  # the first of a kind compiles templates and fills caches
        count = _count_queries(pieces[0])
        taken, spent = [], []
        for piece in pieces:
            start = time.process_time()
            taken.append(take(piece))
            spent.append(time.process_time() - start)
        p50, p95 = (1000 * sorted(taken)[int(len(taken) * share)] for share in (0.5, 0.95))
        cpu = (
            1000 * sorted(spent)[int(len(spent) * 0.95)]
        )  # of this process, which others on the machine slow down less
        found[name] = {"p50": p50, "p95": p95, "queries": count, "cpu": cpu}
    return found


def _count_queries(piece: Work) -> int:
    if isinstance(piece, _Sending):
        piece.prepare()
    with CaptureQueriesContext(connection) as queries:
        piece()
    return len(queries)


def take(piece: Work) -> float:
    """Give how long a piece of work takes, in seconds."""
    if isinstance(piece, _Sending):
        piece.prepare()
    start = time.perf_counter()
    piece()
    return time.perf_counter() - start


class Growing(Protocol):
    """What is measured while it grows."""

    def grow(self, size: int) -> None:
        """Grow to a size."""

    def load(self) -> None:
        """Load the code of every page."""

    def works(self) -> Iterator[tuple[str, list[Work]]]:
        """Give what is measured, each as many pieces of work."""


def run(begin: Callable[[], Growing], sizes: list[int]) -> None:
    """Measure in a database of its own, which is removed afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        settings.KEYS_FOLDER = Path(folder)
        keys.make_signing_key(Path(folder))
        if connection.vendor == "sqlite":  # a file, as in use: in memory nothing has to reach the disk
            connection.settings_dict["TEST"]["NAME"] = str(Path(folder) / "register.sqlite3")
        connection.creation.create_test_db(verbosity=0, autoclobber=True)
        try:
            growing = begin()
            for size in sizes:
                start = time.perf_counter()
                growing.grow(size)
                filled = time.perf_counter() - start
                growing.load()
                gc.collect()
                gc.freeze()  # as a server does once it is loaded (site/asgi.py); what filling left is not its memory
                print(json.dumps({"size": size, "filled": filled, "found": measure(growing.works())}), flush=True)
        finally:
            connection.creation.destroy_test_db(str(settings.DATABASES["default"]["NAME"]), verbosity=0)


if __name__ == "__main__":
    run(Register, [int(size) for size in sys.argv[1:]])

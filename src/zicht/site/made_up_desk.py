"""A made-up desk for the demo: who answers there, keys that open with one passphrase, and the visitors' page."""

import shutil
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time as clock
from functools import partial

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation

from zicht.contact import help_lines
from zicht.contact.desk import keys as desk_keys
from zicht.contact.models import (
    Availability,
    CounsellorKeys,
    CounsellorWrap,
    Desk,
    Epoch,
    Hours,
    Membership,
    OrganisationRoot,
    PreparedAnswer,
)
from zicht.contact.report_forms.shipped import shipped_forms
from zicht.contact.sealing.opening import Desk as DeskName
from zicht.contact.sealing.page_manifest import DEMO_ROOT, public_half
from zicht.contact.sealing.secret_keys import derive
from zicht.contact.sealing.statements import (
    DAY,
    DeskKey,
    LeadCertificate,
    PublishedKey,
    sign_desk_key,
    sign_lead,
)
from zicht.contact.sealing.vouching import Member, Voucher, sign_voucher
from zicht.contact.sealing.wraps import (
    PASSPHRASE,
    User,
    UserKeys,
    secret_of_passphrase,
    wrap_desk_key,
    wrap_user_keys,
)
from zicht.contact.visitor_page.building import build_page
from zicht.contact.visitor_page.content import LANGUAGES, DeskOnPage, PageContent, Words
from zicht.contact.visitor_page.report_content import ReportContent, ReportDesk
from zicht.people.models import Account
from zicht.site.demo import kept_secret


@dataclass(frozen=True)
class MadeUpDesk:
    """A desk by the name in signed keys and the one that people see."""

    slug: str
    label: Words
    purpose: str = "chat"
    audiences: tuple[str, ...] = ()  # of a desk for reports


DESKS = (
    MadeUpDesk("chat-voorbeeld", {"nl": "Chat Voorbeeld", "en": "Example chat"}),
    MadeUpDesk("jong-voorbeeld", {"nl": "Jong, voor wie nog geen 18 is", "en": "Young, for who is not 18 yet"}),
)
REPORT_DESKS = (
    MadeUpDesk(
        "meldpunt-voorbeeld",
        {"nl": "Meldpunt Voorbeeld", "en": "Example report desk"},
        "reports",
        ("citizen", "professional"),
    ),
)
NEWS_DESKS = (
    MadeUpDesk("redactie-voorbeeld", {"nl": "Redactie Voorbeeld", "en": "Example news desk"}, "press", ("source",)),
    MadeUpDesk("onderzoek-voorbeeld", {"nl": "Onderzoeksredactie", "en": "Investigations desk"}, "press", ("source",)),
)
HOURS = {"nl": "dag en nacht, want het is een voorbeeld", "en": "day and night, as it is an example"}
EPOCH_LENGTH = 7 * DAY
CLOCK_TOLERANCE = 60  # seconds: a key holds from a moment ago
NEUTRAL_SITE = "https://www.buienradar.nl/"
ANSWERS = (
    ("nl", "Welkom", "Hoi, fijn dat je schrijft. Ik ben hier voor je. Ben je nu veilig, en kun je vrij typen?"),
    ("nl", "Niet jouw schuld", "Wat er gebeurt is niet jouw schuld. Je hoeft nu niets te beslissen."),
    ("en", "Welcome", "Hi, good that you write. I am here for you. Are you safe now, and can you type freely?"),
)


@dataclass(frozen=True)
class Counsellor:
    """Somebody at the desk with private keys that come from a secret of this demo."""

    account: Account
    keys: UserKeys

    @property
    def x_pk(self) -> bytes:
        """Give the public half of the key that opens."""
        return X25519PrivateKey.from_private_bytes(self.keys.x_sk).public_key().public_bytes_raw()

    @property
    def ed_pk(self) -> bytes:
        """Give the public half of the key that signs."""
        return public_half(self.keys.ed_sk)


def passphrase() -> str:
    """Give the passphrase that opens the keys of everybody at the made-up desk."""
    return kept_secret(settings.KEYS_FOLDER / "demo_passphrase", 15)


@transaction.atomic
def make_desks(made_ups: Iterable[MadeUpDesk], lead: Account, *counsellors: Account) -> None:
    """Make the desks that are not there yet, and a new key for one whose last ends within a day."""
    OrganisationRoot.objects.get_or_create(org=lead.org, defaults={"root": public_half(DEMO_ROOT)})
    people = [_counsellor(account) for account in (lead, *counsellors)]
    for one in people:
        _enrol(one)
    for made_up in made_ups:
        desk = Desk.objects.filter(slug=made_up.slug).first() or _make_desk(made_up, people)
        newest = desk.epochs.order_by("-number").first()
        if newest is None or newest.not_after < time.time() + DAY:
            _make_epoch(desk, people, newest)


def _make_desk(made_up: MadeUpDesk, people: list[Counsellor]) -> Desk:
    labels = {"label_nl": made_up.label["nl"], "label_en": made_up.label["en"]}
    org = people[0].account.org
    kept = {"slug": made_up.slug, "purpose": made_up.purpose, "languages": list(LANGUAGES), "takes_files": True}
    desk = Desk.objects.create(org=org, **kept, **labels)
    if made_up.purpose == "chat":
        _open_day_and_night(desk)
    today = timezone.localdate()
    for one in people:
        Membership.objects.create(desk=desk, account=one.account, joined_on=today, availability=Availability.AVAILABLE)
    return desk


def _open_day_and_night(desk: Desk) -> None:
    for weekday in range(1, 8):
        Hours.objects.create(desk=desk, weekday=weekday, opens=clock.min, closes=clock(23, 59, 59))
    for language, title, words in ANSWERS:
        PreparedAnswer.objects.create(desk=desk, language=language, title=title, words=words)


def _secret(name: str) -> bytes:
    """Give 32 bytes that are the same at every call and known to this demo alone."""
    return derive(kept_secret(settings.KEYS_FOLDER / "demo_desk", 32).encode(), name.encode())


def _counsellor(account: Account) -> Counsellor:
    of = partial("{} {}".format, account.login)
    keys = UserKeys(_secret(of("opens")), _secret(of("signs")), public_half(DEMO_ROOT))
    return Counsellor(account, keys)


def _enrol(one: Counsellor) -> None:
    if CounsellorKeys.objects.filter(account=one.account).exists():
        return
    CounsellorKeys.objects.create(account=one.account, x_pk=one.x_pk, ed_pk=one.ed_pk, changed_on=timezone.localdate())
    owner = User(str(one.account.org_id), str(one.account.pk))
    salt = _secret(f"{one.account.login} salt")[:16]
    wrap = wrap_user_keys(PASSPHRASE, secret_of_passphrase(passphrase(), salt), salt, owner, one.keys)
    CounsellorWrap.objects.create(account=one.account, kind=PASSPHRASE, wrap=wrap)


def _make_epoch(desk: Desk, members: list[Counsellor], newest: Epoch | None) -> None:
    lead = members[0]
    number = newest.number + 1 if newest else 1
    now = int(time.time()) - CLOCK_TOLERANCE
    org, until = str(desk.org_id), now + EPOCH_LENGTH
    private = _secret(f"{desk.slug} {number}")
    public = X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()
    certificate = LeadCertificate(org, (desk.slug,), str(lead.account.pk), lead.ed_pk, now, until)
    key = DeskKey(org, desk.slug, number, now, until, public)
    signed = sign_lead(DEMO_ROOT, certificate)
    published = PublishedKey(signed, sign_desk_key(lead.keys.ed_sk, key)).to_json()
    name = DeskName(org, desk.slug, number)
    wraps = {one.account.pk: wrap_desk_key(one.x_pk, name, str(one.account.pk), private) for one in members}
    desk_keys.publish_epoch(lead.account, desk.slug, published, wraps)
    for one in members[1:]:
        member = Member(org, desk.slug, str(one.account.pk), one.x_pk, one.ed_pk)
        voucher = sign_voucher(lead.keys.ed_sk, Voucher(member, signed, now))
        desk_keys.vouch(lead.account, desk.slug, one.account.pk, voucher.statement, voucher.signature)


# --- the page for visitors --------------------------------------------------------------------------------------
def build_page_of_demo() -> None:
    """Write the visitors' page of the made-up desks anew."""
    org = Desk.objects.get(slug=DESKS[0].slug).org
    content = PageContent(
        org=str(org.pk),
        name=dict.fromkeys(LANGUAGES, org.org_name),
        exit=NEUTRAL_SITE,
        desks=tuple(DeskOnPage(one.slug, one.label, HOURS) for one in DESKS),
        lines=tuple((line, in_each_language(line)) for line in help_lines.FOR_HELP),
        before=dict.fromkeys(LANGUAGES, ()),
        report=_report_content(),
    )
    made = build_page(content, DEMO_ROOT, made_at=int(time.time()), is_demo=True)
    folder = settings.VISITOR_PAGE
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name, one in made.items():
        (folder / name).write_bytes(one)


def _report_content() -> ReportContent | None:
    """Give the desks for reports that are there; the news desk belongs to another organisation of this demo."""
    slugs = {one.slug: one for one in (*REPORT_DESKS, *NEWS_DESKS)}
    found = {desk.slug: str(desk.org_id) for desk in Desk.objects.filter(slug__in=slugs)}
    root = public_half(DEMO_ROOT)
    desks = [
        ReportDesk(slug, one.label, one.audiences, found[slug], root) for slug, one in slugs.items() if slug in found
    ]
    lines = tuple((line, in_each_language(line)) for line in help_lines.FOR_REPORTS)
    return ReportContent(tuple(desks), tuple(shipped_forms().values()), lines) if desks else None


def in_each_language(line: help_lines.HelpLine) -> Words:
    """Give what a line is for in every language."""
    words = {}
    for language in LANGUAGES:
        with translation.override(language):
            words[language] = str(line.about)
    return words

"""Another system is told that a record changed, over the open internet only, signed, and nothing of its content."""

import datetime as dt
import hashlib
import hmac
import ipaddress
import json
import socket
import ssl
from collections.abc import Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.utils import timezone
from tests.cases.cast import EPISODE, PERSON, Cast
from tests.cases.exchange.files import ROW, source
from tests.people.conftest import SignIn

from zicht.cases import actions
from zicht.cases.errors import NotAllowedError, NotThereError
from zicht.cases.exchange import importing
from zicht.cases.models import Case, Webhook, WebhookNotice
from zicht.cases.rights.erasing import erase
from zicht.cases.webhooks.actions import MOST_WEBHOOKS, Added, add_webhook, stop_webhook
from zicht.cases.webhooks.addresses import NotOpenError, is_address, is_open, look_up
from zicht.cases.webhooks.errors import TooManyWebhooksError
from zicht.cases.webhooks.posting import FixedConnection, NotDeliveredError, deliver, post
from zicht.cases.webhooks.queueing import KINDS
from zicht.cases.webhooks.rules import WAITS, signature
from zicht.cases.webhooks.sending import send_waiting
from zicht.people.models import AccessLine, Account

pytestmark = pytest.mark.django_db
ADDRESS = "https://care.example.org/changes"
PATH = "/en/staff/cases/webhooks/"


def added(by: Account, **other: Any) -> Added:
    return add_webhook(by, **{"label": "care", "endpoint": ADDRESS, "compartment": "help", "entities": KINDS, **other})


class Receiver:
    """The other system: takes what is posted, or does not."""

    def __init__(self, *, takes: bool = True) -> None:
        self.takes = takes
        self.got: list[tuple[str, bytes, Mapping[str, str]]] = []

    def __call__(self, address: str, body: bytes, headers: Mapping[str, str]) -> None:
        self.got.append((address, body, headers))
        if not self.takes:
            raise NotDeliveredError

    @property
    def changes(self) -> list[tuple[str, str]]:
        return [(one["entity"], one["id"]) for _to, body, _headers in self.got for one in json.loads(body)["changes"]]


def make_due() -> None:
    WebhookNotice.objects.filter(state__in=("waiting", "sending")).update(next_at=timezone.now() - dt.timedelta(1))


# --- what is told ---------------------------------------------------------------------------------------------------
def test_a_change_is_told_by_kind_identifier_and_time_and_by_no_value(cast: Cast) -> None:
    added(cast.administrator)
    receiver = Receiver()
    actions.change_case(cast.case_worker, cast.case, {"comments": "walked in on Monday"}, version=1)
    actions.add_episode(cast.case_worker, cast.case, cast.person, EPISODE)
    assert send_waiting(receiver).sent == 3
    assert {kind for kind, _key in receiver.changes} == {"case", "person", "exploitation"}
    ((address, body, _headers),) = receiver.got
    assert address == ADDRESS
    assert {frozenset(one) for one in json.loads(body)["changes"]} == {frozenset({"entity", "id", "at"})}
    assert b"Monday" not in body
    assert send_waiting(receiver).sent == 0


def test_a_notice_is_signed_with_the_secret_that_was_shown(cast: Cast) -> None:
    made, receiver = added(cast.administrator), Receiver()
    assert cast.case.pk is not None
    send_waiting(receiver)
    ((_address, body, headers),) = receiver.got
    second, digest = (part.split("=")[1] for part in headers["Zicht-Signature"].split(","))
    expected = hmac.new(made.secret.encode(), second.encode() + b"." + body, hashlib.sha256).hexdigest()
    assert hmac.compare_digest(digest, expected)
    assert signature(made.secret, int(second), body + b" ") != headers["Zicht-Signature"]
    assert made.secret not in str(Webhook.objects.values())


def test_only_the_own_organisation_wall_and_kinds_are_told(cast: Cast) -> None:
    added(cast.stranger)
    added(cast.administrator, compartment="stats")
    added(cast.administrator, entities=["person"])
    receiver = Receiver()
    assert cast.person.pk is not None
    send_waiting(receiver)
    assert receiver.changes == [("person", str(cast.person.pk))]


def test_a_record_that_changed_many_times_waits_once(cast: Cast) -> None:
    added(cast.administrator, entities=["case"])
    for number in range(1, 4):
        actions.change_case(cast.case_worker, cast.case, {"comments": f"note {number}"}, version=number)
    receiver = Receiver()
    send_waiting(receiver)
    assert receiver.changes == [("case", str(cast.case.pk))]


def test_erasing_and_reading_in_a_file_are_told(cast: Cast) -> None:
    person = cast.person
    added(cast.administrator)
    run, _findings = importing.import_file(cast.case_worker, source([ROW]))
    erase(cast.case_worker, [person.pk], [], reason="request")
    receiver = Receiver()
    send_waiting(receiver)
    assert set(receiver.changes) == {("import_run", str(run.pk)), ("person", str(person.pk))}


def test_a_change_that_is_not_saved_is_not_told(cast: Cast) -> None:
    added(cast.administrator)
    with pytest.raises(ValidationError):
        actions.add_person(cast.case_worker, cast.case, {**PERSON, "age_band": "17"})
    assert set(WebhookNotice.objects.values_list("entity", flat=True)) == {"case"}


# --- when it is not taken -------------------------------------------------------------------------------------------
def test_what_is_not_taken_is_tried_again_later_and_later_and_then_given_up(cast: Cast) -> None:
    added(cast.administrator, entities=["case"])
    assert cast.case.pk is not None
    closed = Receiver(takes=False)
    waits = []
    for _try in range(len(WAITS)):
        make_due()
        assert send_waiting(closed).put_off == 1
        waits.append(WebhookNotice.objects.get().next_at - timezone.now())
        assert send_waiting(closed).put_off == 0  # not before its time
    assert waits == sorted(waits)
    make_due()
    assert send_waiting(closed).given_up == 1
    make_due()
    assert (send_waiting(Receiver()).sent, WebhookNotice.objects.get().state) == (0, "given_up")
    assert Case.objects.exists()


def test_a_change_while_a_notice_is_on_its_way_is_told_too(cast: Cast) -> None:
    added(cast.administrator, entities=["case"])
    case = cast.case

    def changes_meanwhile(_address: str, _body: bytes, _headers: Mapping[str, str]) -> None:
        actions.change_case(cast.case_worker, case, {"comments": "later"}, version=1)
        raise NotDeliveredError

    assert send_waiting(changes_meanwhile).put_off == 0
    assert [one.tries for one in WebhookNotice.objects.all()] == [0]
    assert send_waiting(Receiver()).sent == 1


def test_a_run_that_stopped_half_way_is_taken_up_again(cast: Cast) -> None:
    added(cast.administrator, entities=["case"])
    assert cast.case.pk is not None

    def stops(_address: str, _body: bytes, _headers: Mapping[str, str]) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        send_waiting(stops)
    assert send_waiting(Receiver()).sent == 0  # somebody may still be sending it
    make_due()
    assert send_waiting(Receiver()).sent == 1


def test_what_was_sent_is_written_down_and_swept_away_after_a_month(cast: Cast, capsys: Any) -> None:
    made = added(cast.administrator, entities=["case"])
    assert cast.case.pk is not None
    send_waiting(Receiver())
    line = AccessLine.objects.get(verb="notified")
    assert (line.account, line.org, line.subject_id) == (None, cast.administrator.org, str(made.webhook.pk))
    WebhookNotice.objects.update(next_at=timezone.now() - dt.timedelta(days=31))
    call_command("send_webhooks")
    assert (WebhookNotice.objects.count(), capsys.readouterr().out) == (0, "")


# --- where it may go ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "text",
    [
        "http://care.example.org/", "https://care.example.org:8443/", "https://user@care.example.org/",
        "https://127.0.0.1/", "https://[::1]/", "https://localhost/", "https://care/", "https://2130706433/",
        "https://care.example.org/?key=1", "https://care.example.org/#x", "https://care.example.org/a b",
        "https://care.example.org\r\nHost: x/", "https://0x7f.1/", "ftp://care.example.org/", "", "https:///x",
        "https://care.example.org@127.0.0.1/", "https://care.example.org:/x/é",
    ],
)  # fmt: skip
def test_an_address_that_is_not_plainly_one_of_the_open_internet_is_refused(cast: Cast, text: str) -> None:
    assert not is_address(text)
    with pytest.raises(ValidationError) as refused:
        added(cast.administrator, endpoint=text)
    assert set(refused.value.message_dict) == {"endpoint"}
    with pytest.raises(NotDeliveredError):
        post(text, b"{}", {})


@pytest.mark.parametrize(
    "number",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
        "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::",
        "64:ff9b::7f00:1", "ff02::1", "2001:db8::1",
    ],
)  # fmt: skip
def test_a_name_that_leads_into_a_network_of_ones_own_is_not_connected_to(
    monkeypatch: pytest.MonkeyPatch, number: str
) -> None:
    assert not is_open(ipaddress.ip_address(number))
    answers = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, 443)) for one in ("93.184.215.14", number)]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_options: answers)
    with pytest.raises(NotOpenError):
        look_up("care.example.org")
    with pytest.raises(NotDeliveredError):
        post(ADDRESS, b"{}", {})


def test_numbers_of_the_open_internet_are_open() -> None:
    assert all(is_open(ipaddress.ip_address(one)) for one in ("93.184.215.14", "2606:4700::1111"))


class Server(AbstractContextManager["Server"]):
    """A server on this machine with a certificate for one name, that gives one answer."""

    def __init__(self, folder: Path, answer: bytes) -> None:
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "care.example.org")])
        now = dt.datetime.now(dt.UTC)
        unsigned = x509.CertificateBuilder(name, name, key.public_key(), 1, now, now + dt.timedelta(1))
        named = unsigned.add_extension(x509.SubjectAlternativeName([x509.DNSName("care.example.org")]), critical=False)
        self.certificate = folder / "certificate.pem"
        pem = named.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
        kinds = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        self.certificate.write_bytes(pem + key.private_bytes(*kinds))
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(self.certificate)
        self.listener = context.wrap_socket(socket.create_server(("127.0.0.1", 0)), server_side=True)
        self.answer, self.got = answer, b""
        self.thread = Thread(target=self._serve, daemon=True)

    def _serve(self) -> None:
        try:
            with self.listener.accept()[0] as connection:
                while b"}" not in self.got:
                    self.got += connection.recv(65_536)
                connection.sendall(self.answer)
        except OSError:
            return

    def __enter__(self) -> "Server":
        self.thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.listener.close()
        self.thread.join(5)

    def connection(self, host: str = "care.example.org") -> FixedConnection:
        context = ssl.create_default_context(cafile=str(self.certificate))
        return FixedConnection(host, "127.0.0.1", self.listener.getsockname()[1], context)


def test_a_body_is_delivered_to_the_number_that_was_looked_up_under_the_name_of_the_host(tmp_path: Path) -> None:
    with Server(tmp_path, b"HTTP/1.1 204 No Content\r\n\r\n") as server:
        deliver(server.connection(), "/changes", b"{}", {"Zicht-Signature": "t=1,v1=ab"})
    assert server.got.startswith(b"POST /changes HTTP/1.1\r\nHost: care.example.org")
    assert b"Zicht-Signature: t=1,v1=ab" in server.got


@pytest.mark.parametrize(
    ("host", "answer"),
    [
        ("care.example.org", b"HTTP/1.1 302 Found\r\nLocation: https://127.0.0.1/\r\n\r\n"),
        ("care.example.org", b"HTTP/1.1 500 No\r\n\r\n"),
        ("care.example.org", b"SSH-2.0\r\n"),
        ("another.example.org", b"HTTP/1.1 204 No Content\r\n\r\n"),
    ],
    ids=["redirect", "error", "no HTTP", "another certificate"],
)
def test_what_is_no_plain_yes_of_that_host_is_not_delivered(tmp_path: Path, host: str, answer: bytes) -> None:
    with Server(tmp_path, answer) as server, pytest.raises(NotDeliveredError):
        deliver(server.connection(host), "/changes", b"{}", {})


# --- who keeps them -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("who", ["case_worker", "counsellor", "privacy_officer", "analyst", "closed"])
def test_nobody_but_the_administrator_keeps_webhooks(cast: Cast, sign_in: SignIn, who: str) -> None:
    made = added(cast.administrator)
    with pytest.raises(NotAllowedError):
        added(getattr(cast, who))
    with pytest.raises(NotAllowedError):
        stop_webhook(getattr(cast, who), made.webhook)
    if who != "closed":
        browser = sign_in(getattr(cast, who))
        assert browser.get(PATH).status_code == 404
        assert browser.post(f"{PATH}{made.webhook.pk}/stop/").status_code == 404


def test_another_organisation_sees_and_stops_none(cast: Cast, sign_in: SignIn) -> None:
    made = added(cast.administrator)
    browser = sign_in(cast.stranger)
    assert ADDRESS not in browser.get(PATH).content.decode()
    assert browser.post(f"{PATH}{made.webhook.pk}/stop/").status_code == 404
    with pytest.raises(NotThereError):
        stop_webhook(cast.stranger, made.webhook)


def test_an_administrator_adds_one_sees_its_secret_once_and_stops_it(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.administrator)
    browser.get(PATH)
    wrong = browser.post(PATH, label="care", endpoint="http://x.example.org", compartment="help", entities=["case"])
    assert "This must be an address such as" in wrong.content.decode()
    page = browser.post(PATH, label="care", endpoint=ADDRESS, compartment="help", entities=["case"])
    secret = page.content.decode().split("<code>")[1].split("</code>")[0]
    assert len(secret) == 43
    assert secret not in browser.get(PATH).content.decode()
    assert cast.case.pk is not None
    webhook = Webhook.objects.get()
    assert "1 waiting" in browser.get(PATH).content.decode()
    assert browser.post(f"{PATH}{webhook.pk}/stop/").status_code == 302
    webhook.refresh_from_db()
    assert (webhook.ended_on, webhook.secret) == (timezone.localdate(), "")
    assert not WebhookNotice.objects.exists()
    assert AccessLine.objects.filter(subject="webhook", verb="changed", account=cast.administrator).count() == 2
    actions.change_case(cast.case_worker, cast.case, {"comments": "after"}, version=1)
    assert not WebhookNotice.objects.exists()


def test_an_organisation_has_a_few_webhooks_behind_walls_of_its_own(cast: Cast) -> None:
    with pytest.raises(NotAllowedError):
        added(cast.administrator, compartment="enforce")
    with pytest.raises(NotAllowedError):
        added(cast.administrator, entities=["consent"])
    for _number in range(MOST_WEBHOOKS):
        added(cast.administrator)
    with pytest.raises(TooManyWebhooksError):
        added(cast.administrator)

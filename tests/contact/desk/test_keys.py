"""Keys of desks pass through the server sealed: each member gets her own wrap, and only leads publish."""

import os
import time
from typing import Any

import pytest
from tests.contact.cast import Cast, Counsellor, Visitor
from tests.contact.conftest import AtTheDesk

from zicht.contact import shred_keys
from zicht.contact.models import Epoch, EpochWrap
from zicht.contact.sealing.parts import encode
from zicht.contact.sealing.statements import DeskKey, LeadCertificate, PublishedKey, sign_desk_key, sign_lead
from zicht.contact.sealing.wraps import DESK_WRAP_LENGTH, USER_WRAP_LENGTH
from zicht.people.actions import close_account, end_role
from zicht.people.models import Account

pytestmark = pytest.mark.django_db


def new_key(cast: Cast, epoch: int) -> dict[str, Any]:
    """Give a new key of the desk, signed by a lead whom some root appointed."""
    now, org = int(time.time()), str(cast.desk.org_id)
    lead = LeadCertificate(org, ("chat",), "lotte", os.urandom(32), now, now + 60)
    key = DeskKey(org, "chat", epoch, now, now + 7 * 24 * 3600, os.urandom(32))
    return PublishedKey(sign_lead(os.urandom(32), lead), sign_desk_key(os.urandom(32), key)).to_json()


def publish(counsellor: Counsellor, cast: Cast, epoch: int, *members: Account) -> Any:
    wraps = [{"user": str(one.pk), "wrap": encode(bytes([1]) * DESK_WRAP_LENGTH)} for one in members]
    return counsellor.post("desks/chat/epochs", b"", {"key": new_key(cast, epoch), "wraps": wraps})


def test_a_lead_publishes_a_key_and_each_member_gets_her_own_wrap(cast: Cast, at_the_desk: AtTheDesk) -> None:
    lead, member, other = (at_the_desk(one) for one in (cast.lead, cast.counsellor, cast.second_counsellor))
    assert publish(lead, cast, 2, cast.lead, cast.counsellor).status_code == 200
    newest = member.get("desks/chat/epochs").json()["epochs"][0]
    assert (newest["epoch"], newest["wrap"]) == (2, encode(bytes([1]) * DESK_WRAP_LENGTH))
    assert other.get("desks/chat/epochs").json()["epochs"][0]["wrap"] is None
    assert Visitor().shown["key"] == newest["key"]
    rewrapped = {"epoch": 2, "user": str(cast.second_counsellor.pk), "wrap": newest["wrap"], "approvals": []}
    assert other.post("desks/chat/epochs/wraps", b"", rewrapped).status_code == 428
    assert member.post("desks/chat/epochs/wraps", b"", rewrapped).status_code == 204
    assert other.get("desks/chat/epochs").json()["epochs"][0]["wrap"] == newest["wrap"]
    useless = {**rewrapped, "wrap": encode(bytes(DESK_WRAP_LENGTH))}
    assert member.post("desks/chat/epochs/wraps", b"", useless).status_code == 409
    assert other.get("desks/chat/epochs").json()["epochs"][0]["wrap"] == newest["wrap"]


def test_only_a_lead_publishes_and_only_the_next_key(cast: Cast, at_the_desk: AtTheDesk) -> None:
    lead, member = at_the_desk(cast.lead), at_the_desk(cast.counsellor)
    assert publish(member, cast, 2).status_code == 404
    refused = publish(lead, cast, 3)
    assert (refused.status_code, refused.json()["last"]) == (409, {"epoch": 1})
    assert publish(lead, cast, 2, cast.stranger_counsellor).status_code == 404
    assert Epoch.objects.count() == 1


def test_a_wrap_does_not_lie_open_in_the_database_and_goes_with_its_shred_key(
    cast: Cast, at_the_desk: AtTheDesk
) -> None:
    lead = at_the_desk(cast.lead)
    publish(lead, cast, 2, cast.lead)
    stored = bytes(EpochWrap.objects.get().sealed)
    assert bytes([1]) * DESK_WRAP_LENGTH not in stored
    shred_keys.store().destroy([Epoch.objects.get(number=2).pk])
    assert lead.get("desks/chat/epochs").json()["epochs"][0]["wrap"] is None


def test_new_keys_of_a_counsellor_take_away_what_the_old_ones_opened(cast: Cast, at_the_desk: AtTheDesk) -> None:
    lead = at_the_desk(cast.lead)
    publish(lead, cast, 2, cast.lead)
    wraps = [{"kind": 1, "credential": "", "wrap": encode(bytes(USER_WRAP_LENGTH))}]
    content = {"x_pk": encode(bytes(32)), "ed_pk": encode(bytes(32)), "wraps": wraps}
    named = {"x-csrftoken": lead.browser.token}
    answer = lead.browser.client.put("/staff/desk/v1/me/keys", content, content_type="application/json", headers=named)
    assert answer.status_code == 204
    me = lead.get("me").json()
    assert (me["x_pk"], me["wraps"]) == (encode(bytes(32)), wraps)
    assert lead.get("desks/chat/epochs").json()["epochs"][0]["wrap"] is None


def test_a_lead_sees_load_and_a_counsellor_does_not(cast: Cast, at_the_desk: AtTheDesk) -> None:
    lead, member = at_the_desk(cast.lead), at_the_desk(cast.counsellor)
    Visitor().open()
    [load] = lead.get("load").json()["desks"]
    assert (load["desk"], load["waiting"], load["open"], load["wait"]) == ("chat", 1, 0, None)
    assert member.get("load").status_code == 404


def test_a_blocked_visitor_pays_more_and_others_do_not(cast: Cast, at_the_desk: AtTheDesk) -> None:
    counsellor = at_the_desk(cast.counsellor)
    abuser = Visitor(**{"zicht-network": "203.0.113"})
    abuser.open()
    counsellor.post("conversations/claim", abuser.conv_id)
    assert counsellor.post("conversations/block", abuser.conv_id).status_code == 204
    assert abuser.get("messages").json()["events"][0]["data"]["state"] == "closed"
    usual = Visitor(**{"zicht-network": "198.51.100"}).shown["price"]["bits"]
    assert Visitor(**{"zicht-network": "203.0.113"}).shown["price"]["bits"] >= usual + 3


@pytest.mark.parametrize("how", ["closed", "without_role"])
def test_who_may_answer_no_longer_gets_no_key_and_a_new_one_is_due(
    how: str, cast: Cast, at_the_desk: AtTheDesk
) -> None:
    lead = at_the_desk(cast.lead)
    cast.second_counsellor  # noqa: B018 - she comes into being when she is named
    assert not lead.get("desks/chat/epochs").json()["is_due"]
    if how == "closed":
        close_account(cast.administrator, cast.second_counsellor)
    else:
        end_role(cast.administrator, cast.second_counsellor.grants.get(ended_on=None))
    members = {one["user"] for one in lead.get("desks/chat/members").json()["members"]}
    assert str(cast.second_counsellor.pk) not in members
    assert lead.get("desks/chat/epochs").json()["is_due"]

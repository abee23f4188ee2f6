"""The made-up contacts of the demo: each is a record that the words allow, together they look like a publication."""

import datetime as dt
from collections import Counter

from tests.contact.cast import Cast

from zicht.contact.records.models import Contact
from zicht.figures import came_in
from zicht.site.made_up_contacts import draw, make_contacts
from zicht.site.made_up_register.chance import Chance

TODAY = dt.date(2026, 3, 2)


def test_they_are_stored_once_and_every_one_of_them_passes_the_check_of_a_save(db: None) -> None:
    staff = [Cast().counsellor]
    make_contacts(staff, TODAY)
    stored = Contact.objects.count()
    make_contacts(staff, TODAY)
    assert Contact.objects.count() == stored > 2_000
    for contact in Contact.objects.filter(received_at__year=2025).order_by("contact_id")[::7]:
        contact.refuse_if_wrong()
    assert came_in.contact_years(staff[0].org) == list(range(2026, 2019, -1))


def test_they_have_the_numbers_of_the_publication_and_none_lies_ahead() -> None:
    made = list(draw(Chance("a seed"), TODAY))
    about = [one for one in made if str(one["received_at"]).startswith("2025") and one["about_thb"]]
    visitors = [one for one in about if not one["repeat_visitor"]]
    assert len(visitors) == 283 < len(about)
    assert Counter(one["role"] for one in visitors)["self_victim"] == 250
    told = Counter(one["disclosure_stage"] for one in visitors)
    known = sum(told.values()) - told["unknown"] - told["not_asked"] - told["declined"]
    assert 0.55 < told["first"] / known < 0.75
    assert max(str(one["received_at"]) for one in made) < str(TODAY)
    assert made == list(draw(Chance("a seed"), TODAY))

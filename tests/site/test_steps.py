"""The seven steps beside a page: which of them the page belongs to."""

import pytest
from django.utils import translation

from zicht.site.context import steps_for


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("/staff/shelter/forecast/", 3),
        ("/staff/care/", 3),
        ("/staff/evidence/", 4),
        ("/staff/training/new/", 1),
        ("/staff/desks/forms/", 0),
        ("/staff/cases/1/", 2),
        ("/staff/account/2fa/", None),
    ],
)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_page_of_a_room_marks_its_step(path: str, place: int | None, language: str) -> None:
    with translation.override(language):
        steps = steps_for(None, path if language == "nl" else f"/en{path}")
    assert [number for number, step in enumerate(steps) if step.is_here] == ([] if place is None else [place])

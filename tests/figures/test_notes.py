"""How to read a figure: a few words beside the plot, the whole fact a click away, and only of what occurs in it."""

import re

from django.test import Client
from tests.figures.test_breakdowns import cell, censored, figure

from zicht.figures.breakdowns import Breakdown
from zicht.figures.cells import FEMALE, MALE
from zicht.figures.models import OutsideEdition
from zicht.figures.pages import make_notes


def keys(breakdown: Breakdown) -> list[str]:
    return [note.key for note in make_notes(breakdown)]


def test_a_plot_without_signs_needs_no_notes() -> None:
    assert keys(figure("year", cell(5, 2019), cell(0, 2020))) == []


def test_every_sign_that_occurs_is_named_once() -> None:
    cells = (
        cell(9, 2018),
        cell(2, 2018, sex=FEMALE),
        censored(2018, sex=MALE),
        cell(4, 2020, sex=FEMALE),
        cell(3, 2020),
    )
    assert keys(figure("sex", *cells)) == [
        "Hatched: not known", "<5: masked", "Thin line, or ≤: the number lies within it", "Left empty: no figure",
        "Parts can exceed the total",
    ]  # fmt: skip


def test_nothing_is_called_hatched_where_of_nobody_it_is_said_that_it_is_not_known() -> None:
    assert "Hatched: not known" not in keys(figure("sex", cell(4, sex=FEMALE), cell(6, sex=MALE)))


def test_the_years_in_which_the_parts_exceed_the_total_are_in_the_fact() -> None:
    notes = make_notes(figure("sex", cell(3, 2019), cell(4, 2019, sex=FEMALE), cell(3, 2020), cell(5, 2020, sex=MALE)))
    assert notes[-1].fact.startswith("In 2019 and 2020 the parts and the unknown together are more than the total")


def test_on_the_page_the_facts_are_folded_and_their_keys_are_not(client: Client, edition: OutsideEdition) -> None:
    page = client.get("/en/figures/").content.decode()
    folded = "".join(re.findall(r"<details.*?</details>", page, re.DOTALL))
    open_text = re.sub(r"<details.*?</details>", "", page, flags=re.DOTALL)
    assert "<li>Hatched: not known</li>" in open_text
    assert "because it could point to a person" in folded
    assert "because it could point to a person" not in open_text

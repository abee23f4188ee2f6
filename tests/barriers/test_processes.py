"""Models are edited as drafts and stay as they were published; chain, matrix and poster hold all that they should."""

import io
from dataclasses import replace

import numpy as np
import pypdfium2
import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import DatabaseError
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from tests.barriers.cast import Cast

from zicht import words
from zicht.barriers import guards
from zicht.barriers.doing import actions as doing
from zicht.barriers.drawing.chain import Mark, StepToDraw, draw_chain, width_of, wrap
from zicht.barriers.drawing.poster import as_pdf
from zicht.barriers.errors import DraftThereError, NoDraftError, NotWholeError, StepInUseError
from zicht.barriers.models import BarrierModel
from zicht.barriers.processes import actions, content
from zicht.barriers.processes.posters import poster_of
from zicht.barriers.processes.queries import Version, find_version, list_processes
from zicht.barriers.processes.rules import (
    MOST_BARRIERS,
    MOST_SIGNALS,
    MOST_STEPS,
    differences,
    is_whole,
    partners_of,
    who_does_what,
)
from zicht.cases.errors import ChangedMeanwhileError, NotAllowedError
from zicht.words import Barrier, Label, Process, Step

MARGIN = 20  # points
ALL_SIGNALS = tuple(words.vocabulary().indicators)[:MOST_SIGNALS]
ORG_TYPES = list(words.vocabulary().lists["org_type"].codes)


def made(partners: int, steps: int) -> Process:
    """Give a process with so many partners and steps, each with barriers in several steps."""
    chosen = ORG_TYPES[:partners]
    each = {}
    for number in range(1, steps + 1):
        own = tuple(chosen[number - 1 :: 2]) or (chosen[0],)
        holds = own[: max(1, len(own) // 2)]
        text = "Een barrière die in een paar woorden zegt wat er moet gebeuren en door wie"
        barriers = {
            f"Q{number}{letter}": Barrier(
                f"Q{number}{letter}", Label("A barrier", text), "detect", holds, Label("counts", "aantallen")
            )
            for letter in "abc"
        }
        gaps = (Label("A gap", "Een gat dat een partner kan dichten"),) * 3
        each[f"Q{number}"] = Step(
            f"Q{number}", Label(f"Step {number}", f"Stap {number}"), own, gaps, gaps, ("DOC01",), barriers
        )
    return Process("MADE", Label("Made up", "Verzonnen"), "", ("sexual",), each)


# --- versions -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", list(words.vocabulary().processes))
def test_a_worked_process_is_the_same_after_it_was_kept(name: str) -> None:
    process = words.vocabulary().processes[name]
    assert content.read(name, content.write(process)) == process
    assert is_whole(process)


def test_a_version_of_before_measures_were_told_in_dutch_says_them_as_they_were() -> None:
    process = words.vocabulary().processes["SEXMIN"]
    kept = content.write(process)
    for barrier in (barrier for step in kept["steps"] for barrier in step["barriers"]):
        del barrier["measure_nl"]
    before, now = (content.barriers_of(one) for one in (content.read("SEXMIN", kept), process))
    assert {code: barrier.measure.nl for code, (_, barrier) in before.items()} == {
        code: barrier.measure.en for code, (_, barrier) in now.items()
    }


def test_without_a_version_of_its_own_an_organisation_sees_what_zicht_brings(cast: Cast) -> None:
    shown = list_processes(cast.keeper)
    assert [one.process.name for one in shown] == list(words.vocabulary().processes)
    assert all(one.is_proposal for one in shown)


def test_a_changed_model_leaves_what_was_done_under_the_old_one_readable(cast: Cast) -> None:
    action = cast.running(since=cast.model.made_on)
    evaluated = doing.evaluate(
        cast.keeper, action.pk, {"effect": "works", "evaluation": "Fewer reports."}, version=action.version
    )
    draft = actions.begin_draft(cast.keeper, "SEXMIN")
    draft = actions.remove_step(cast.keeper, draft.pk, "S1", draft.version)
    actions.publish(cast.keeper, draft.pk, "S1 went.", draft.version)
    evaluated.refresh_from_db()
    old = evaluated.model
    assert (old.number, old.state, evaluated.evaluation) == (1, "replaced", "Fewer reports.")
    assert content.barriers_of(old.steps)["S1b"][1].label.en.startswith("Safe defaults")
    found = find_version(cast.keeper, "SEXMIN")
    assert found is not None
    assert "S1" not in found.process.steps
    told = {(how, code): name.en for how, code, name in differences(old.steps, found.process)}
    assert told["removed", "S1b"].startswith("Safe defaults")
    assert {how for how, _code in told} == {"removed"}


def test_a_published_version_cannot_be_changed_by_an_action_nor_behind_its_back(cast: Cast) -> None:
    model = cast.model
    with pytest.raises(NoDraftError):
        actions.remove_step(cast.keeper, model.pk, "S1", model.version)
    table = BarrierModel._meta.db_table
    for statement in (
        f"UPDATE {table} SET why = 'other'",
        f"DELETE FROM {table}",
        f"UPDATE {table} SET content = '{{}}'",
    ):
        with (
            pytest.raises((IntegrityError, DatabaseError), match=guards.AS_PUBLISHED),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def test_one_draft_at_a_time_and_two_people_who_change_it_notice_each_other(cast: Cast) -> None:
    draft = actions.begin_draft(cast.keeper, "SEXMIN")
    with pytest.raises(DraftThereError):
        actions.begin_draft(cast.keeper, "SEXMIN")
    actions.move_step(cast.keeper, draft.pk, "S2", draft.version)
    with pytest.raises(ChangedMeanwhileError):
        actions.remove_step(cast.keeper, draft.pk, "S3", draft.version)
    assert list(BarrierModel.objects.get(pk=draft.pk).steps.steps)[:2] == ["S2", "S1"]


def test_a_process_of_ones_own_is_published_once_it_is_whole(cast: Cast) -> None:
    draft = actions.begin_own(cast.keeper, "HOTELS", Label("Hotels", "Hotels"), ("sexual",))
    with pytest.raises(NotWholeError):
        actions.publish(cast.keeper, draft.pk, "New.", draft.version)
    step = Step("H1", Label("Booking", "Boeking"), ("business", "platform"), (), (), ("DOC01",), {})
    draft = actions.save_step(cast.keeper, draft.pk, step, draft.version)
    barrier = Barrier(
        "H1a", Label("Ask at the desk", "Vragen aan de balie"), "detect", ("business",), Label("reports", "meldingen")
    )
    draft = actions.save_barrier(cast.keeper, draft.pk, "H1", barrier, draft.version)
    assert actions.publish(cast.keeper, draft.pk, "New.", draft.version).state == "published"
    with pytest.raises(StepInUseError):
        actions.begin_own(cast.keeper, "SEXMIN", Label("x", "x"), ("sexual",))


def test_who_only_looks_changes_nothing_and_another_organisation_sees_nothing(cast: Cast) -> None:
    model = cast.model
    with pytest.raises(NotAllowedError):
        actions.begin_draft(cast.case_worker, "FORCEDLAB")
    found = find_version(cast.stranger_keeper, "SEXMIN")
    assert found is not None
    assert found.record is None
    assert not BarrierModel.objects.visible_to(cast.stranger_keeper).filter(pk=model.pk).exists()


# --- pictures -----------------------------------------------------------------------------------------------------
@settings(max_examples=40)
@given(st.integers(3, 12), st.integers(1, 9))
def test_the_matrix_has_every_partner_once_and_every_barrier_with_whoever_holds_it(partners: int, steps: int) -> None:
    process = made(partners, steps)
    rows = list(who_does_what(process))
    assert [row.partner for row in rows] == list(partners_of(process))
    held = {(row.partner, barrier.code) for row in rows for cell in row.cells for barrier in cell.barriers}
    assert held == {
        (partner, code)
        for step in process.steps.values()
        for code, barrier in step.barriers.items()
        for partner in barrier.partners
    }


@pytest.mark.parametrize("partners", range(3, 13))
def test_nothing_on_the_poster_lies_over_anything_else_or_outside_the_sheet(partners: int) -> None:
    with pypdfium2.PdfDocument(as_pdf(poster_of(Version(made(partners, 9), None)), "made").content) as document:
        page = document[0]
        width, height = page.get_size()
        text = page.get_textpage()
        shown = [one for one in range(text.count_chars()) if text.get_text_range(one, 1).strip()]
        boxes = np.array([text.get_charbox(one) for one in shown])  # left, bottom, right, top
        text.close()
        page.close()
    assert len(boxes) > 2_000
    assert boxes[:, :2].min() > MARGIN
    assert boxes[:, 2].max() < width - MARGIN
    assert boxes[:, 3].max() < height - MARGIN
    # Signs of one word may touch; a fifth of a sign that lies over another one is seen.
    for start in range(0, len(boxes), 500):
        some = boxes[start : start + 500, None]
        wide = np.minimum(some[..., 2], boxes[:, 2]) - np.maximum(some[..., 0], boxes[:, 0])
        high = np.minimum(some[..., 3], boxes[:, 3]) - np.maximum(some[..., 1], boxes[:, 1])
        both = wide.clip(0) * high.clip(0)
        size = (some[..., 2] - some[..., 0]) * (some[..., 3] - some[..., 1])
        places = np.arange(len(boxes))
        is_near = np.abs(places - (start + np.arange(len(some)))[:, None]) <= 2
        assert (is_near | (both <= 0.2 * size)).all()


def test_a_poster_with_more_than_one_sheet_holds_goes_on_on_a_second_one_and_loses_nothing() -> None:
    process = made(12, MOST_STEPS)
    long = Label("x", "Een barrière van tweehonderd tekens, " * 5)
    steps = {
        code: replace(step, barriers={f"{code}{n}": Barrier(f"{code}{n}", long, "detect", step.partners, long)
                                      for n in range(MOST_BARRIERS)}, signals=ALL_SIGNALS)
        for code, step in process.steps.items()
    }  # fmt: skip
    reader = PdfReader(io.BytesIO(as_pdf(poster_of(Version(replace(process, steps=steps), None)), "made").content))
    assert len(reader.pages) > 1
    text = "".join("".join(page.extract_text().split()) for page in reader.pages)
    for code, step in steps.items():
        for barrier in step.barriers:
            assert barrier in text, code


@pytest.mark.parametrize("partners", [3, 12])
def test_the_poster_is_one_sheet_of_a3_with_every_step_partner_and_barrier(partners: int) -> None:
    process = made(partners, 9)
    reader = PdfReader(io.BytesIO(as_pdf(poster_of(Version(process, None)), "made").content))
    assert len(reader.pages) == 1
    width, height = (round(float(side) * 25.4 / 72) for side in reader.pages[0].mediabox[2:])
    assert (width, height) == (420, 297)
    text = "".join(reader.pages[0].extract_text().split())
    for step in process.steps.values():
        for word in (step.code, step.label.nl, *step.barriers):
            assert "".join(word.split()) in text
    for partner in partners_of(process):
        label = words.vocabulary().lists["org_type"].codes[partner].label.nl
        first = label.split()[0][:6]
        assert first in text


def test_the_chain_reads_from_left_to_right_and_nothing_lies_outside_it() -> None:
    steps = [
        StepToDraw(f"Q{n}", "A name of some words", (Mark(f"Q{n}a", "stands"), Mark(f"Q{n}b", "agreed")))
        for n in range(1, 10)
    ]
    chain = draw_chain(steps)
    assert [arrow.code.words for arrow in chain.arrows] == [step.code for step in steps]
    lefts = [arrow.code.x for arrow in chain.arrows]
    assert lefts == sorted(lefts)
    for arrow in chain.arrows:
        assert all(mark.x + 60 <= chain.width and mark.y + 14 <= chain.height for mark in arrow.marks)


@given(st.text(alphabet="ab mWidé-", max_size=80), st.floats(2, 20))
def test_a_name_is_broken_into_lines_that_fit_and_loses_no_letter(text: str, room: float) -> None:
    lines = wrap(text, room)
    assert all(width_of(line) <= room for line in lines)
    letters = "".join(lines).replace("-", "").replace(" ", "")
    assert letters == text.replace("-", "").replace(" ", "")

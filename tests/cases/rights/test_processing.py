"""The drafts say what the words say about what this installation keeps, in two languages, and that they are drafts."""

import io
import re

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation
from tests.cases.rights.cast import Cast

from zicht import words
from zicht.cases.rights.processing import facts, wordings
from zicht.cases.rights.processing.document import Document, Section, markdown, points, table
from zicht.cases.rights.processing.drafts import DRAFTS
from zicht.cases.rights.retention.actions import set_retention


def said(*options: str) -> str:
    out = io.StringIO()
    call_command("processing_register", *options, stdout=out)
    return out.getvalue()


def test_every_sentence_of_the_words_that_a_draft_shows_can_be_translated() -> None:
    vocabulary = words.vocabulary()
    shown = {
        *(entity.retention for entity in vocabulary.entities.values()),
        *vocabulary.publication.values(),
        *(kind.rule for kind in vocabulary.sensitivity.values()),
        *vocabulary.principles,
        *(left_out.why for left_out in vocabulary.htcds_not_taken),
    }
    assert set(wordings.SENTENCES) == shown


@pytest.mark.parametrize("name", list(DRAFTS))
def test_a_draft_says_that_it_is_one_and_has_no_english_left_in_dutch(cast: Cast, name: str) -> None:
    organisation = cast.privacy_officer.org
    with translation.override("en"):
        english = DRAFTS[name](organisation)
    with translation.override("nl"):
        dutch = DRAFTS[name](organisation)
    assert english.warning.startswith("Draft")
    assert dutch.warning.startswith("Concept")
    assert len(english.sections) == len(dutch.sections)
    assert not {section.title for section in english.sections} & {section.title for section in dutch.sections}
    left = set(re.findall(r"[^|\n]{25,}", markdown(english))) & set(re.findall(r"[^|\n]{25,}", markdown(dutch)))
    assert not {line for line in left if re.search(r"\b(the|and|of|which)\b", line)}


def test_the_register_names_every_kind_of_record_kept_here_with_its_fields_and_term(cast: Cast) -> None:
    with translation.override("en"):
        text = markdown(DRAFTS["register"](cast.privacy_officer.org))
    for kept in facts.kinds_kept():
        assert f"| {kept.entity.label.en} |" in text
        assert kept.entity.retention in text
        for field in kept.kept:
            if field.sensitivity != "P0":
                assert field.label.en.replace("|", "\\|") in text, f"{kept.entity.name}.{field.name}"


def test_what_this_installation_does_not_keep_is_not_in_the_register(cast: Cast) -> None:
    kept = {kind.entity.name for kind in facts.kinds_kept()}
    assert {"person", "case", "consent", "breach", "access_line"} <= kept
    assert not {"outside_cell", "outside_edition"} & kept
    assert "Edition of an outside data file" not in said(
        "--language", "en", "--organisation", str(cast.privacy_officer.org)
    )


def test_the_term_the_organisation_set_and_its_reason_stand_in_the_draft(cast: Cast) -> None:
    organisation = cast.privacy_officer.org
    with translation.override("en"):
        before = markdown(DRAFTS["register"](organisation))
        set_retention(cast.privacy_officer, 7, "policy of 2026, section 4")
        after = markdown(DRAFTS["register"](organisation))
    assert "5 years after closing" in before
    assert "has not confirmed" in before
    assert "7 years after closing or the last change. Reason: policy of 2026, section 4" in after


def test_recipients_are_those_that_data_went_to(cast: Cast) -> None:
    with translation.override("en"):
        assert "Nothing was shared" in markdown(DRAFTS["register"](cast.privacy_officer.org))
        cast.share(cast.case_worker, cast.person)
        text = markdown(DRAFTS["register"](cast.privacy_officer.org))
    assert "Shelter or residential care" in text
    assert "Nothing was shared" not in text


def test_the_impact_assessment_has_the_four_parts_the_law_asks_for(cast: Cast) -> None:
    # GDPR art. 35(7): description, necessity, risks, measures; and 35(2) and 35(9), advice and views.
    with translation.override("en"):
        text = markdown(DRAFTS["dpia"](cast.privacy_officer.org))
    for part in ("What is done with the data", "Necessary and", "Risks for persons", "How it is protected", "35(9)"):
        assert part in text


def test_a_table_in_markdown_keeps_its_columns_whatever_stands_in_it() -> None:
    rows = [("a|b", "<script>"), ("two\nlines", "[link](javascript:x)")]
    text = markdown(Document("T", "W", (Section("S", (table(("one", "two"), rows), points(["x"]))),)))
    assert text.splitlines()[6:10] == [
        "| one | two |",
        "| --- | --- |",
        "| a\\|b | &lt;script> |",
        "| two lines | \\[link](javascript:x) |",
    ]


def test_the_command_prints_each_draft_in_each_language_and_form(cast: Cast) -> None:
    name = str(cast.privacy_officer.org)
    assert said().startswith(f"# Verwerkingsregister van {name}")
    assert said("--dpia", "--language", "en").startswith(f"# Data protection impact assessment of {name}")
    page = said("--format", "html", "--language", "en")
    assert page.startswith("<!doctype html>")
    assert f"<h1>Record of processing activities of {name}</h1>" in page


def test_the_command_asks_which_organisation_where_there_are_several(cast: Cast) -> None:
    for account in (cast.privacy_officer, cast.stranger_privacy_officer):
        assert account.org.org_name
    with pytest.raises(CommandError):
        said()
    with pytest.raises(CommandError):
        said("--organisation", "Nowhere")
    assert "van Shelter" in said("--organisation", "Shelter")

"""Pages that every room shares: what somebody sees when something is not there, not allowed, or broken."""

import re
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.template.loader import get_template, render_to_string
from django.test import Client, RequestFactory, override_settings
from django.views.defaults import bad_request, permission_denied, server_error

import zicht

PACKAGE = Path(zicht.__file__).parent
TEMPLATES = sorted(PACKAGE.rglob("templates/**/*.html"))
MANIFEST_STORAGE = {"BACKEND": "zicht.site.storage.ModuleManifestStorage"}


class SampleForm(forms.Form):
    """One field of each kind that looks different."""

    name = forms.CharField(label="Name", help_text="As on paper")
    kind = forms.ChoiceField(label="Kind", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    agrees = forms.BooleanField(label="Agrees")
    note = forms.CharField(label="Note", required=False)
    hidden = forms.CharField(widget=forms.HiddenInput)


def fields(**data: str) -> str:
    form = SampleForm(data or None)
    return render_to_string("site/form.html", {"form": form})


# --- not there, not allowed, broken -----------------------------------------------------------------------------
@pytest.mark.parametrize(("language", "prefix"), [("nl", ""), ("en", "/en")])
@pytest.mark.parametrize("address", ["/nothing/", "/figures/nothing/"])
@pytest.mark.django_db
def test_a_page_that_is_not_there_says_so_on_both_sides(address: str, language: str, prefix: str) -> None:
    answer = Client().get(prefix + address)
    assert answer.status_code == 404
    assert f'<html lang="{language}">' in answer.content.decode()


def test_on_the_visitors_side_it_has_the_exit_and_leads_nowhere_else() -> None:
    page = Client().get("/nothing/").content.decode()
    assert 'id="exit"' in page
    assert "/staff" not in page
    assert "Zicht" not in page


def test_what_is_not_allowed_is_said_without_the_reason() -> None:
    answer = permission_denied(RequestFactory().get("/staff/"), Exception("because of record 12"))
    assert answer.status_code == 403
    assert b"record 12" not in answer.content


@pytest.mark.django_db
def test_a_form_without_its_token_is_refused_in_plain_words() -> None:
    answer = Client(enforce_csrf_checks=True).post("/staff/account/login/", {"login": "a"})
    assert answer.status_code == 403
    assert "<h1>" in answer.content.decode()
    assert "CSRF" not in answer.content.decode()


@pytest.mark.parametrize("name", ["400.html", "500.html"])
def test_a_broken_page_needs_nothing_and_speaks_both_languages(name: str) -> None:
    page = get_template(name).render()
    assert '<section lang="nl">' in page
    assert '<section lang="en">' in page
    assert "Zicht" not in page, "a visitor may be the one who sees it"
    assert 'class="exit"' in page


@override_settings(STORAGES={**settings.STORAGES, "staticfiles": MANIFEST_STORAGE}, DEBUG=False)
@pytest.mark.parametrize("show", [server_error, lambda request: bad_request(request, Exception())])
def test_a_broken_page_does_not_depend_on_the_list_of_hashed_names(show) -> None:  # type: ignore[no-untyped-def]
    assert b"/static/contact/contact.css" in show(RequestFactory().get("/")).content


# --- forms ------------------------------------------------------------------------------------------------------
def test_errors_stand_on_top_and_link_to_their_fields() -> None:
    page = fields(name="", hidden="x")
    assert page.index("error-summary") < page.index("<label")
    for link in ("#id_name", "#id_kind", "#id_agrees"):
        assert f'<a href="{link}">' in page
        assert f'id="{link[1:]}"' in page


def test_a_hint_and_an_error_are_tied_to_their_field() -> None:
    page = fields(name="", hidden="x")
    assert 'aria-describedby="id_name_helptext id_name_error"' in page
    assert 'id="id_name_helptext"' in page
    assert 'id="id_name_error"' in page
    assert 'aria-describedby="id_kind_error"' in page


def test_an_error_of_a_field_nobody_sees_is_said_too() -> None:
    page = fields(name="a", kind="a", agrees="on")
    assert "<li>Hidden: " in page.split("<label")[0]


def test_every_field_has_a_label_and_only_optional_ones_say_so() -> None:
    page = fields()
    assert page.count("<legend>") == 1
    for name in ("name", "agrees", "note"):
        assert f'for="id_{name}"' in page
    assert page.count('class="muted optional"') == 1


def test_what_was_typed_comes_back() -> None:
    assert 'value="half a thought"' in fields(note="half a thought")


# --- every template ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize("template", TEMPLATES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_no_template_holds_script_or_style_that_the_policy_would_block(template: Path) -> None:
    source = template.read_text(encoding="utf-8")
    assert not re.search(r"<style\b|\sstyle=|\son[a-z]+=\"|javascript:", source)
    executable = [tag for tag in re.findall(r"<script\b[^>]*>", source) if 'type="application/json"' not in tag]
    assert all(" src=" in tag for tag in executable)

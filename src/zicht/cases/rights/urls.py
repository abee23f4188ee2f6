"""Addresses of the rights of persons, under /staff/cases/."""

from django.urls import path

from zicht.cases.rights import overview
from zicht.cases.rights.breaches import views as breaches
from zicht.cases.rights.consent import views as consent
from zicht.cases.rights.processing import views as processing
from zicht.cases.rights.requests import views as requests
from zicht.cases.rights.retention import views as retention

CONSENTS = "<uuid:case_id>/persons/<uuid:person_id>/consents/"
CONSENT = f"{CONSENTS}<uuid:consent_id>/"
REQUEST = "rights/requests/<uuid:request_id>/"
BREACH = "rights/breaches/<uuid:breach_id>/"

urlpatterns = [
    path(CONSENTS, consent.show_consents, name="consents"),
    path(f"{CONSENTS}add/", consent.add_consent, name="add_consent"),
    path(f"{CONSENT}withdraw/", consent.withdraw_consent, name="withdraw_consent"),
    path(f"{CONSENT}decide/", consent.decide_consent, name="decide_consent"),
    path("rights/", overview.show_overview, name="rights"),
    path("rights/requests/", requests.list_requests, name="requests"),
    path("rights/requests/take/", requests.take_request, name="take_request"),
    path(REQUEST, requests.show_request, name="request"),
    path(f"{REQUEST}answer/", requests.answer_request, name="answer_request"),
    path(f"{REQUEST}extend/", requests.extend_request, name="extend_request"),
    path(f"{REQUEST}limit/", requests.limit_use, name="limit_use"),
    path(f"{REQUEST}lift/", requests.lift_limit, name="lift_limit"),
    path(f"{REQUEST}erase/", requests.erase_person, name="erase_person"),
    path(f"{REQUEST}copy.html", requests.give_copy, {"form": "html"}, name="copy_html"),
    path(f"{REQUEST}copy.pdf", requests.give_copy, {"form": "pdf"}, name="copy_pdf"),
    path(f"{REQUEST}copy.json", requests.give_copy, {"form": "json"}, name="copy_json"),
    path("rights/retention/", retention.show_retention, name="retention"),
    path("rights/retention/set/", retention.set_retention, name="set_retention"),
    path("rights/retention/erase/", retention.erase_due, name="erase_due"),
    path("rights/breaches/", breaches.list_breaches, name="breaches"),
    path("rights/breaches/add/", breaches.add_breach, name="add_breach"),
    path(BREACH, breaches.show_breach, name="breach"),
    path(f"{BREACH}change/<slug:topic>/", breaches.change_breach, name="change_breach"),
    path(f"{BREACH}close/", breaches.close_breach, name="close_breach"),
    path("rights/processing/", processing.show_draft, name="processing"),
    path("rights/processing/<slug:name>/", processing.show_draft, name="draft"),
    path("rights/processing/<slug:name>.md", processing.download_draft, name="download_draft"),
]

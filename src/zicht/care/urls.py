"""Addresses under /staff/: referrals on both sides, and shelter places."""

from django.urls import path

from zicht.care.dossiers import views as dossiers
from zicht.care.plan import urls as plan
from zicht.care.referrals import received_views, views
from zicht.care.shelter import placing_views
from zicht.care.shelter import views as shelter
from zicht.care.transfers import views as transfers

CASE = "care/cases/<uuid:case_id>/"
SENT = f"{CASE}referrals/<uuid:referral_id>/"
RECEIVED = "care/referrals/<uuid:referral_id>/"
SHELTER = "shelter/"
STAY = f"{SHELTER}stays/<uuid:stay_id>/"

app_name = "care"
urlpatterns = [
    path("care/", received_views.list_received, name="received"),
    path(CASE, views.show_case, name="case"),
    path(f"{CASE}persons/<uuid:person_id>/refer/", views.refer, name="refer"),
    path(f"{SENT}send/", views.send, name="send"),
    path(f"{SENT}withdraw/", views.withdraw, name="withdraw"),
    path(f"{SENT}answer/", views.note_answer, name="note_answer"),
    path(f"{SENT}refused/", views.note_refusal, name="note_refusal"),
    path(f"{SENT}dossier/", dossiers.make, name="dossier"),
    path(f"{SENT}recall/", dossiers.recall, name="recall"),
    path("care/open-dossier.html", dossiers.give_reader, name="dossier_reader"),
    path("care/transfers/", transfers.list_transfers, name="transfers"),
    path("care/transfers/<uuid:transfer_id>/answer/", transfers.answer, name="answer_transfer"),
    path("care/transfers/<uuid:transfer_id>/give/", transfers.give, name="give"),
    path(f"{CASE}offer/", transfers.offer, name="offer"),
    path(f"{RECEIVED}ask-for-case/", transfers.ask, name="ask_for_case"),
    path(RECEIVED, received_views.show_received, name="referral"),
    path(f"{RECEIVED}answer/", received_views.answer, name="answer"),
    path(f"{RECEIVED}refuse/", received_views.refuse, name="refuse"),
    path(f"{RECEIVED}hold/", placing_views.hold_place, name="hold"),
    path(f"{RECEIVED}wait/", placing_views.wait, name="wait"),
    path(f"{RECEIVED}place/", placing_views.step, name="place"),
    path(SHELTER, shelter.show_board, name="board"),
    path(f"{SHELTER}add/", shelter.add_shelter, name="add_shelter"),
    path(f"{SHELTER}forecast/", shelter.show_forecast, name="forecast"),
    path(f"{SHELTER}<uuid:shelter_id>/change/", shelter.change_shelter, name="change_shelter"),
    path(f"{SHELTER}<uuid:shelter_id>/close/", shelter.close_shelter, name="close_shelter"),
    path(STAY, shelter.show_stay, name="stay"),
    path(f"{STAY}extend/", shelter.extend_stay, name="extend_stay"),
    path(f"{STAY}end/", shelter.end_stay, name="end_stay"),
    *plan.urlpatterns,
]

"""Addresses of matches, under /staff/cases/."""

from django.urls import path

from zicht.cases.matching import views

PERSON = "<uuid:case_id>/persons/<uuid:person_id>/matches/"

urlpatterns = [
    path("matches/", views.list_open, name="open_matches"),
    path(PERSON, views.list_matches, name="matches"),
    path(f"{PERSON}again/", views.look_again, name="match_again"),
    path(f"{PERSON}<uuid:other_id>/", views.decide, name="match"),
]

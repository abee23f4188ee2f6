"""Addresses under /staff/cases/; each begins with the case through which a record is seen."""

from django.urls import include, path

from zicht.cases import edit_views, history_views, person_views, step_views, views
from zicht.cases.handing import views as handing

CASE = "<uuid:case_id>/"
PERSON = f"{CASE}persons/<uuid:person_id>/"
EPISODE = f"{CASE}episodes/<uuid:episode_id>/"

app_name = "cases"
urlpatterns = [
    path("", views.list_cases, name="list"),
    path("open/", views.open_case, name="open"),
    path("", include("zicht.cases.matching.urls")),
    path("", include("zicht.cases.rights.urls")),
    path("", include("zicht.cases.exchange.urls")),
    path("", include("zicht.cases.webhooks.urls")),
    path("files/<uuid:job>/", handing.fetch, name="locked_file"),
    path(CASE, views.show_case, name="case"),
    path(f"{CASE}paper.pdf", handing.give_case, name="case_paper"),
    path(f"{CASE}history/", history_views.show_history, name="history"),
    path(f"{CASE}close/", step_views.close_case, name="close"),
    path(f"{CASE}move/", step_views.move_case, name="move"),
    path(f"{CASE}team/", step_views.set_team, name="team"),
    path(f"{CASE}notes/", step_views.write_note, name="note"),
    path(f"{CASE}persons/add/", person_views.add_person, name="add_person"),
    path(f"{CASE}persons/put/", person_views.put_person, name="put_person"),
    path(f"{CASE}places/<uuid:place_id>/remove/", person_views.remove_place, name="remove_place"),
    path(f"{PERSON}assess/", person_views.assess, name="assess"),
    path(f"{PERSON}household/", person_views.share_household, name="household"),
    path(f"{PERSON}episodes/add/", person_views.add_episode, name="add_episode"),
    path(f"{PERSON}ask/<slug:topic>/", edit_views.edit_person, name="edit_person"),
    path(f"{EPISODE}places/add/", person_views.add_place, name="add_place"),
    path(f"{EPISODE}situation/", person_views.share_situation, name="situation"),
    path(f"{EPISODE}ask/<slug:topic>/", edit_views.edit_episode, name="edit_episode"),
    path(f"{CASE}ask/<slug:topic>/", edit_views.edit_case, name="edit"),
]

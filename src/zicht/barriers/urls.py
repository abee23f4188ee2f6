"""Addresses under /staff/barriers/."""

from django.urls import path

from zicht.barriers.doing import views as doing
from zicht.barriers.holding import views as holding
from zicht.barriers.meeting import views as meeting
from zicht.barriers.policy import views as policy
from zicht.barriers.processes import edit_views, views

PROCESS = "processes/<slug:process>/"
VERSION = f"{PROCESS}versions/<int:number>/"
DRAFT = "drafts/<uuid:model_id>/"
STEP = f"{DRAFT}steps/<slug:code>/"
BARRIERS = f"{DRAFT}steps/<slug:step>/barriers/"
CASE = "cases/<uuid:case_id>/"
TOWN = "policy/<slug:municipality>/"
ACTION = "actions/<uuid:action_id>/"

app_name = "barriers"
urlpatterns = [
    path("", meeting.show, name="meeting"),
    path("close/", meeting.close, name="close_meeting"),
    path("sums/", holding.show_sums, name="sums"),
    path("sums/making/<uuid:job>/", holding.show_making, name="making"),
    path("sums/<slug:period>/", holding.make_sums, name="make_sums"),
    path(CASE, holding.show_case, name="case"),
    path(f"{CASE}<uuid:model_id>/report/", holding.name_report, name="name_report"),
    path(f"{CASE}<uuid:model_id>/<slug:step>/", holding.decide, name="decide"),
    path("policy/", policy.show, name="policy"),
    path("policy/take-in/", policy.take_table, name="take_policy"),
    path("policy/take-in/<uuid:job>/refused.csv", policy.give_refused, name="policy_refused"),
    path("policy/municipal-policy.<slug:form>", policy.give_table, name="policy_table"),
    path(TOWN, policy.show_town, name="town"),
    path(f"{TOWN}change/", policy.ask, name="change_town"),
    path("processes/", views.list_all, name="processes"),
    path("processes/add/", edit_views.begin_own, name="begin_own"),
    path(PROCESS, views.show, name="process"),
    path(f"{PROCESS}matrix/", views.show_matrix, name="matrix"),
    path(f"{PROCESS}poster.pdf", views.give_poster, name="poster"),
    path(f"{PROCESS}versions/", views.list_versions, name="versions"),
    path(f"{PROCESS}draft/", edit_views.begin_draft, name="begin_draft"),
    path(VERSION, views.show, name="version"),
    path(f"{VERSION}matrix/", views.show_matrix, name="version_matrix"),
    path(f"{VERSION}poster.pdf", views.give_poster, name="version_poster"),
    path(f"{PROCESS}actions/add/", doing.add_action, name="add_action"),
    path("actions/", doing.list_actions, name="actions"),
    path("actions/f22.csv", doing.give_f22, name="f22"),
    path(ACTION, doing.show_action, name="action"),
    path(f"{ACTION}change/", doing.change_action, name="change_action"),
    path(f"{ACTION}evaluate/", doing.evaluate, name="evaluate"),
    path(f"{ACTION}move/", doing.move_action, name="move_action"),
    path(DRAFT, edit_views.show_draft, name="draft"),
    path(f"{DRAFT}publish/", edit_views.publish, name="publish"),
    path(f"{DRAFT}discard/", edit_views.discard, name="discard"),
    path(f"{DRAFT}steps/add/", edit_views.ask_step, name="add_step"),
    path(STEP, edit_views.ask_step, name="change_step"),
    path(f"{STEP}do/", edit_views.do_step, name="do_step"),
    path(f"{BARRIERS}add/", edit_views.ask_barrier, name="add_barrier"),
    path(f"{BARRIERS}<slug:code>/", edit_views.ask_barrier, name="change_barrier"),
    path(f"{BARRIERS}<slug:code>/remove/", edit_views.remove_barrier, name="remove_barrier"),
]

"""Addresses of support, once below a person of an own case, and what a receiver may once below a referral."""

from collections.abc import Iterator

from django.urls import URLPattern, path

from zicht.care.accounts import views as accounts
from zicht.care.attachments import views as attachments
from zicht.care.clocks import views as clocks
from zicht.care.conferences import views as conferences
from zicht.care.plan import approval_views, views
from zicht.care.safety import views as safety

OWN = "care/cases/<uuid:case_id>/persons/<uuid:person_id>/"
RECEIVED = "care/referrals/<uuid:referral_id>/person/"
CONFERENCES = "care/cases/<uuid:case_id>/conferences/"
CONFERENCE = f"{CONFERENCES}<uuid:conference_id>/"
# Parts of both: a receiver has a plan and tasks of its own, and sees nothing of the rest.
OF_BOTH = (
    ("", views.show_person, "person"),
    ("plan/", views.write_plan, "plan"),
    ("plan/close/", views.close_plan, "close_plan"),
    ("goals/add/", views.add_goal, "add_goal"),
    ("goals/<uuid:goal_id>/", views.change_goal, "goal"),
    ("tasks/give/", views.give_task, "give_task"),
    ("tasks/<uuid:task_id>/", views.change_task, "task"),
    ("tasks/<uuid:task_id>/move/", views.move_task, "move_task"),
    ("ask-approval/<slug:subject>/", approval_views.ask_approval, "ask_approval"),
    ("approve/<slug:subject>/", approval_views.answer_approval, "approve"),
)


def _of_both() -> Iterator[URLPattern]:
    for part, view, name in OF_BOTH:
        yield path(f"{OWN}{part}", view, name=name)
        yield path(f"{RECEIVED}{part}", view, name=name)


urlpatterns = [
    *_of_both(),
    path(f"{OWN}safety-plan/", safety.write_safety_plan, name="safety_plan"),
    path(f"{OWN}contact/", safety.agree_contact, name="contact"),
    path(f"{OWN}contact/make/", safety.make_contact, name="make_contact"),
    path(f"{OWN}contact/end/", safety.end_contact, name="end_contact"),
    path(f"{OWN}clocks/start/", clocks.start_clock, name="start_clock"),
    path(f"{OWN}clocks/<uuid:clock_id>/end/", clocks.end_clock, name="end_clock"),
    path(f"{OWN}accounts/", accounts.show_accounts, name="accounts"),
    path(f"{OWN}accounts/write/", accounts.write_account, name="write_account"),
    path(f"{OWN}accounts/<uuid:account_id>/note/", accounts.note, name="note_account"),
    path(f"{OWN}files/add/", attachments.add_file, name="add_file"),
    path(f"{OWN}files/<uuid:attachment_id>/", attachments.give_file, name="file"),
    path(f"{OWN}files/<uuid:attachment_id>/remove/", attachments.remove_file, name="remove_file"),
    path(f"{CONFERENCES}write/", conferences.write_conference, name="write_conference"),
    path(CONFERENCE, conferences.show_conference, name="conference"),
    path(f"{CONFERENCE}decisions/add/", conferences.add_decision, name="add_decision"),
    path(f"{CONFERENCE}tasks/<uuid:task_id>/move/", conferences.move_task, name="move_task_of_case"),
    path(f"{CONFERENCE}answers/<uuid:org_id>/", conferences.answer, name="answer_conference"),
]

"""Addresses of support, once below a person of an own case, and what a receiver may once below a referral."""

from collections.abc import Iterator

from django.urls import URLPattern, path

from zicht.care.plan import views

OWN = "care/cases/<uuid:case_id>/persons/<uuid:person_id>/"
RECEIVED = "care/referrals/<uuid:referral_id>/person/"
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
)


def _of_both() -> Iterator[URLPattern]:
    for part, view, name in OF_BOTH:
        yield path(f"{OWN}{part}", view, name=name)
        yield path(f"{RECEIVED}{part}", view, name=name)


urlpatterns = [*_of_both()]

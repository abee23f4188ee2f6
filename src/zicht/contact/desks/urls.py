"""Addresses under /staff/desks/."""

from django.urls import path

from zicht.contact.desks import more_views, views

app_name = "desks"
urlpatterns = [
    path("", views.list_desks, name="list"),
    path("make/", views.make_desk, name="make"),
    path("root/", views.set_root, name="root"),
    path("of/<slug:slug>/", views.show_desk, name="desk"),
    path("of/<slug:slug>/change/", views.change_desk, name="change"),
    path("of/<slug:slug>/hours/", views.add_hours, name="add_hours"),
    path("of/<slug:slug>/hours/<int:hours_id>/remove/", views.remove_hours, name="remove_hours"),
    path("of/<slug:slug>/holidays/", views.add_holiday, name="add_holiday"),
    path("of/<slug:slug>/holidays/<int:holiday_id>/remove/", views.remove_holiday, name="remove_holiday"),
    path("load/", more_views.show_load_of_desks, name="load"),
    path("of/<slug:slug>/answers/", more_views.show_answers, name="answers"),
    path("of/<slug:slug>/answers/<int:answer_id>/remove/", more_views.remove_answer, name="remove_answer"),
    path("of/<slug:slug>/members/", views.add_member, name="add_member"),
    path("of/<slug:slug>/members/<int:membership_id>/end/", views.end_member, name="end_member"),
]

"""Addresses under /staff/desks/forms/."""

from django.urls import path

from zicht.contact.report_forms import views

app_name = "report_forms"
ONE = "<slug:audience>/<int:version>/"
urlpatterns = [
    path("", views.list_forms, name="list"),
    path("file/", views.give_file, name="file"),
    path("<slug:audience>/draft/", views.begin_draft, name="draft"),
    path(ONE, views.show_form, name="form"),
    path(f"{ONE}preview/", views.preview, name="preview"),
    path(f"{ONE}in-use/", views.put_in_use, name="in_use"),
    path(f"{ONE}drop/", views.drop_draft, name="drop"),
    path(f"{ONE}questions/", views.add_question, name="add"),
    path(f"{ONE}questions/<slug:name>/", views.change_question, name="change"),
    path(f"{ONE}questions/<slug:name>/move/", views.move_question, name="move"),
    path(f"{ONE}questions/<slug:name>/remove/", views.remove_question, name="remove"),
]

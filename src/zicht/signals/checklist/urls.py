"""Addresses of the checklist."""

from django.urls import path

from zicht.signals.checklist.serving import show_file

app_name = "checklist"
urlpatterns = [
    path("", show_file, name="page"),
    path("<str:name>", show_file, name="file"),
]

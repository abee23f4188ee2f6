"""Addresses of the counsellors' page."""

from django.urls import path

from zicht.contact.visitor_page.serving import show_desk_file

app_name = "desk_page"
urlpatterns = [
    path("", show_desk_file, name="page"),
    path("<str:name>", show_desk_file, name="file"),
]

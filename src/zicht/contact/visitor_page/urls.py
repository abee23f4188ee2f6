"""Addresses of the visitor's page."""

from django.urls import path

from zicht.contact.visitor_page.serving import show_visitors_file

app_name = "visitor_page"
urlpatterns = [
    path("", show_visitors_file, name="page"),
    path("<str:name>", show_visitors_file, name="file"),
]

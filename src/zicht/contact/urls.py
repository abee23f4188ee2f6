"""Addresses of the visitor's side."""

from django.urls import path

from zicht.contact import views

app_name = "contact"
urlpatterns = [
    path("", views.show_start, name="start"),
    path("report/", views.show_report, name="report"),
]

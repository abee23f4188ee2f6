"""Addresses of the visitor's side."""

from django.urls import path

from zicht.contact import views

app_name = "contact"
urlpatterns = [
    path("", views.show_start, name="start"),
    path("report/", views.show_report, name="report"),
    path("report/<str:name>", views.show_report_file, name="report_file"),
]

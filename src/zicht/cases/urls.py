"""Addresses under /staff/cases/."""

from django.urls import path

from zicht.cases import views

app_name = "cases"
urlpatterns = [
    path("", views.list_cases, name="list"),
]

"""Addresses under /staff/evidence/."""

from django.urls import path

from zicht.evidence import views

app_name = "evidence"
urlpatterns = [
    path("", views.list_sources, name="sources"),
]

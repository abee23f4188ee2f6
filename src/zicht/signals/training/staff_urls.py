"""Addresses under /staff/training/."""

from django.urls import path

from zicht.signals.training import staff_views as views

app_name = "training_log"
urlpatterns = [
    path("", views.list_trainings, name="list"),
    path("new/", views.new_training, name="new"),
    path("<uuid:training_id>/", views.change_training, name="change"),
]

"""Addresses under /training/."""

from django.urls import path

from zicht.signals.training import views

app_name = "training"
urlpatterns = [
    path("", views.show_start, name="start"),
    path("recognise/", views.recognise, name="recognise"),
    path("practise/<slug:code>/", views.practise, name="practise"),
    path("decide/", views.decide, name="decide"),
    path("next/", views.show_next, name="next"),
]

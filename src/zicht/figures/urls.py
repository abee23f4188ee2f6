"""Addresses of the figures."""

from django.urls import path

from zicht.figures import views

app_name = "figures"
urlpatterns = [
    path("", views.show_page, name="page"),
    path("glotip/<slug:country>.csv", views.download_csv, name="glotip_csv"),
    path("glotip/<slug:country>.json", views.download_json, name="glotip_json"),
]

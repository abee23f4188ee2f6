"""Addresses under /staff/cases/ for files that come in and go out."""

from django.urls import path

from zicht.cases.exchange import views

urlpatterns = [
    path("import/", views.take_in, name="import"),
    path("import/<uuid:job>/", views.show_file, name="import_file"),
    path("export/", views.give_out, name="export"),
]

"""Addresses of webhooks, under /staff/cases/."""

from django.urls import path

from zicht.cases.webhooks import views

urlpatterns = [
    path("webhooks/", views.list_webhooks, name="webhooks"),
    path("webhooks/<uuid:webhook_id>/stop/", views.stop_webhook, name="stop_webhook"),
]

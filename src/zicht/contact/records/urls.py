"""Addresses under /staff/contacts/; none of them names a conversation."""

from django.urls import path

from zicht.contact.records import views

app_name = "contacts"
urlpatterns = [
    path("", views.list_contacts, name="list"),
    path("new/", views.new_contact, name="new"),
    path("<uuid:contact_id>/", views.show_contact, name="contact"),
    path("<uuid:contact_id>/change/", views.change_contact, name="change"),
    path("<uuid:contact_id>/case/", views.make_case, name="make_case"),
]

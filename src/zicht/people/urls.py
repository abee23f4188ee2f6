"""Addresses under /staff/."""

from django.urls import path

from zicht.people import log_views, views
from zicht.people.api_tokens import views as token_views

app_name = "people"
urlpatterns = [
    path("", views.show_home, name="home"),
    path("organisation/", views.show_organisation, name="organisation"),
    path("organisations/", views.list_partners, name="partners"),
    path("set-up/", views.set_up, name="set_up"),
    path("accounts/", views.list_accounts, name="accounts"),
    path("accounts/invite/", views.invite, name="invite"),
    path("accounts/<uuid:account_id>/", views.show_account, name="account"),
    path("accounts/<uuid:account_id>/roles/", views.grant_role, name="grant_role"),
    path("accounts/<uuid:account_id>/roles/<uuid:grant_id>/end/", views.end_role, name="end_role"),
    path("accounts/<uuid:account_id>/close/", views.close_account, name="close_account"),
    path("accounts/<uuid:account_id>/reset/", views.reset_account, name="reset_account"),
    path("tokens/", token_views.list_tokens, name="tokens"),
    path("tokens/organisation/", token_views.list_tokens_of_organisation, name="organisation_tokens"),
    path("tokens/<uuid:token_id>/end/", token_views.end_token, name="end_token"),
    path("log/", log_views.show_own_log, name="log"),
    path("log/organisation/", log_views.show_organisation_log, name="organisation_log"),
    path("log/<int:sequence>/", log_views.show_line, name="line"),
]

"""Addresses under /staff/intake/."""

from django.urls import path

from zicht.signals.importing import views as importing_views
from zicht.signals.intake import earlier_views, meldcode_views, queue_views, views

INTAKE = "<uuid:intake_id>/"

app_name = "intake"
urlpatterns = [
    path("", queue_views.list_intake, name="queue"),
    path("alerts/", queue_views.show_alerts, name="alerts"),
    path("districts/", queue_views.set_districts, name="districts"),
    path("import/", importing_views.take_table, name="import"),
    path("import/<uuid:job>/", importing_views.show_table, name="import_table"),
    path("import/<uuid:job>/refused/", importing_views.give_refused, name="import_refused"),
    path("new/", views.take_in, name="new"),
    path(INTAKE, views.show, name="intake"),
    path(f"{INTAKE}ask/<slug:topic>/", views.ask_topic, name="ask"),
    path(f"{INTAKE}handler/", views.set_handler, name="handler"),
    path(f"{INTAKE}signals/", views.add_signals, name="signals"),
    path(f"{INTAKE}signals/<uuid:signal_id>/", views.judge_signal, name="signal"),
    path(f"{INTAKE}suggestion/", views.decide_suggestion, name="suggestion"),
    path(f"{INTAKE}seen/", queue_views.acknowledge_alert, name="seen"),
    path(f"{INTAKE}source/", views.keep_answer_of_source, name="source"),
    path(f"{INTAKE}close/", views.close, name="close"),
    path(f"{INTAKE}open-again/", views.open_again, name="open_again"),
    path(f"{INTAKE}case/", views.make_case, name="make_case"),
    path(f"{INTAKE}earlier/<uuid:other_id>/", earlier_views.compare, name="compare"),
    path(f"{INTAKE}meldcode/", meldcode_views.ask_steps, name="meldcode"),
    path(f"{INTAKE}meldcode/paper/", meldcode_views.show_steps, name="meldcode_paper"),
]

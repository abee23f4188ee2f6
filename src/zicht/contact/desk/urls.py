"""Addresses that a counsellor's browser calls."""

from django.urls import path

from zicht.contact.desk import streams, views

app_name = "desk"
urlpatterns = [
    path("stream", streams.open_stream, name="stream"),
    path("presence", views.set_presence, name="presence"),
    path("conversations", views.list_conversations, name="conversations"),
    path("conversations/read", views.read, name="read"),
    path("conversations/leave", views.stop_reading, name="leave"),
    path("conversations/claim", views.claim, name="claim"),
    path("conversations/take-over", views.take_over, name="take_over"),
    path("conversations/release", views.release, name="release"),
    path("conversations/messages", views.add_message, name="messages"),
    path("conversations/typing", views.show_typing, name="typing"),
    path("conversations/end", views.end, name="end"),
    path("conversations/wipe", views.wipe, name="wipe"),
    path("conversations/move", views.offer_move, name="move"),
    path("conversations/notes", views.handle_notes, name="notes"),
]

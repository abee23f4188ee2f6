"""Addresses that a counsellor's browser calls."""

from django.urls import path

from zicht.contact.desk import key_views, streams, views

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
    path("conversations/files/<int:number>", views.handle_chunk, name="chunk"),
    path("conversations/files/purge", views.purge_file, name="purge"),
    path("conversations/block", views.block, name="block"),
    path("load", views.show_load, name="load"),
    path("me", key_views.show_me, name="me"),
    path("me/keys", key_views.set_keys, name="keys"),
    path("me/wraps", key_views.set_wraps, name="wraps"),
    path("desks/<slug:slug>/members", key_views.show_members, name="members"),
    path("desks/<slug:slug>/answers", key_views.show_answers, name="answers"),
    path("desks/<slug:slug>/vouch", key_views.vouch, name="vouch"),
    path("desks/<slug:slug>/approve", key_views.approve, name="approve"),
    path("desks/<slug:slug>/epochs", key_views.handle_epochs, name="epochs"),
    path("desks/<slug:slug>/epochs/wraps", key_views.add_wrap, name="epoch_wraps"),
    path("desks/<slug:slug>/epochs/end", key_views.end_epoch, name="end_epoch"),
]

"""Addresses that the visitor's browser calls; the language stands in none of them."""

from django.urls import path

from zicht.contact.chat import more_views as more
from zicht.contact.chat import visitor_views as views

app_name = "chat"
urlpatterns = [
    path("desks/<slug:slug>", views.show_desk, name="desk"),
    path("open", views.open_conversation, name="open"),
    path("messages", views.handle_messages, name="messages"),
    path("stream", views.open_stream, name="stream"),
    path("typing", views.show_typing, name="typing"),
    path("end", views.end, name="end"),
    path("wipe", views.wipe, name="wipe"),
    path("return", more.handle_return, name="return"),
    path("return/find", more.find_return, name="find_return"),
    path("move", more.answer_move, name="move"),
    path("files/<int:number>", more.handle_chunk, name="chunk"),
]

"""The sealed formats of the chat, as docs/chat-formats.md writes them down; no Django, and nothing of the server."""

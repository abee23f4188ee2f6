"""Read what files hold, within bounds. No Django in this room."""

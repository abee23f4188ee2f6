"""What developers run; the Python standard library is enough for it."""

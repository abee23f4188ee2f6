"""Sources: received, read, opened to people, withdrawn."""

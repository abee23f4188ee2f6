"""Tell other systems that a record changed, and which, so that they read it with a key of their own."""

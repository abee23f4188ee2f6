"""One screen for a meeting of partners."""

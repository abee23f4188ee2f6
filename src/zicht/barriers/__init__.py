"""The step of barriers: which partner can block which step, what was done about it, and what municipalities do."""

"""What came in: one queue behind each wall, the clock on it, and what a named person decides."""

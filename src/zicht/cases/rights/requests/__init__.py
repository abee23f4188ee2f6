"""What persons ask about their own data, by when it is answered, and what is done for it."""

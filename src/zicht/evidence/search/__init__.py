"""Search over documents, statements and actors, without a word of them in the database."""

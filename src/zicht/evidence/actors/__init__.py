"""Actors: their profile, which of them are the same, and what links them."""

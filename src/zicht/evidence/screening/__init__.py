"""Screening: versions of public lists, who on them may be one of our actors, and what a person decided about it."""

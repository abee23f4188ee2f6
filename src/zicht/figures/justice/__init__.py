"""Suspects, prosecuted and convicted persons: delivered by justice partners as counts, and protected like our own."""

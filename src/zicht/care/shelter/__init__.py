"""Shelter places: who waits, which places are held, who stays until when."""

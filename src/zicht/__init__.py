"""Zicht: from the first word somebody dares to type to the figure a country may publish."""

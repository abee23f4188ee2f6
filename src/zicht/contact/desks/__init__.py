"""Pages on which leads and administrators arrange desks: what they are called, when they are open, who answers."""

"""Actions in an area: who does what against which step, until when, and whether it works."""

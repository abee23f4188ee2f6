"""Legal terms of a person, computed from days with their source."""

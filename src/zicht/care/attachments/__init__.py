"""Files about a person, sealed with the key of the person."""

"""Read public lists of sanctions, in the forms in which they are given out, into one form."""

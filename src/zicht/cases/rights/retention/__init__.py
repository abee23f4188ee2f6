"""Retention that really deletes: what is past its term, what is kept all the same, and the erasing itself."""

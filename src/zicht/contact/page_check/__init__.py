"""Look from outside, as anybody can, whether a page for visitors is the one that the organisation signed."""

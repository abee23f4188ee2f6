"""Compare names and numbers that may belong to the same body, vessel or person; decide nothing."""

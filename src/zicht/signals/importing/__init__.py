"""Take in the rows of a table, such as the list of a partner, as reports: looked at first, then stored row by row."""

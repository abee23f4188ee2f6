"""The page on how many remain unseen: a table of overlapping lists in, every method side by side out."""

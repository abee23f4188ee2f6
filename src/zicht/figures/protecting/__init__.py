"""Tables of any office made fit to leave it, on a page: nothing of them is kept."""

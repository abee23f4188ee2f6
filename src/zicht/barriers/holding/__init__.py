"""A case held against the steps: which barrier stood there and then, and the sums of many cases."""

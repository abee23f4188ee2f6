"""A made-up register: nobody in it exists, and its margins are those of real publications.

`margins.py`, `assumed.py` and `assumed_episodes.py` hold how often what occurs and who says so; `draw.py` makes cases
out of a seed, the same on every machine; `store.py` writes them into the database.
"""

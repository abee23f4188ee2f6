"""Training made from the catalogue: recognise, decide, what next; and a log of which organisation was trained when."""

"""How many remain unseen: overlap tables of lists and what can be estimated from them. This room knows no Django."""

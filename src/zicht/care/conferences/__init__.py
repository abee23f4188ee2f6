"""Case conferences: who took part by role, what was decided, and who approved it."""

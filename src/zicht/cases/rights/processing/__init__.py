"""Drafts of the processing register (GDPR art. 30) and of the assessment of its impact (art. 35), from the words."""

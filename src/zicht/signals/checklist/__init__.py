"""The indicator checklist on a phone: signed static files that also work without a network."""

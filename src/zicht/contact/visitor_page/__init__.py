"""The visitor's page of one organisation: static files, the same bytes for everybody, signed by the organisation."""

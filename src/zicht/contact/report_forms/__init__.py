"""The forms of the report box: what is asked of whom, in versions that an organisation makes itself."""

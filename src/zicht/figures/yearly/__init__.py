"""The yearly report: every table of a year with its trend, in two languages, as pages, paper and data."""

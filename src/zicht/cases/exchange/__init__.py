"""In and out: files in the forms of IOM (HTCDS, CTDC) and of this house become records, and records become files."""

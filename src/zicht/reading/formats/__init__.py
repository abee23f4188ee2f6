"""Take the text out of a document: plain text here, every other kind in a process of its own that may be ended."""

"""Step five of the chain: from a document to statements that can be checked."""

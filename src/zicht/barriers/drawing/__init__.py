"""Pictures made on the server: the chain, the map of municipalities, the poster. Pure, without Django."""

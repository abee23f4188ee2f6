"""Cases that go to another organisation: asked by either side, answered by the other."""

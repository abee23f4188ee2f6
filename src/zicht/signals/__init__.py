"""The second room: what came in and must be weighed, signal by signal, and the door to it for later rooms."""

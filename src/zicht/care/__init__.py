"""Step four of the chain: who is referred to whom, and who stays where until when."""

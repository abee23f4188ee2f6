"""What the law lets a person ask of whoever keeps data about them: to say no, to see, to correct, to be forgotten."""

"""What must stay fast, measured."""

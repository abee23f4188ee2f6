"""Safety plans, and when and how somebody can be reached without danger."""

"""What a person told, kept as told: every version beside the others."""

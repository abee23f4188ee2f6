"""What two stewards do with the organisation's root key, on a machine that is not on a network."""

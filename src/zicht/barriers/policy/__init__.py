"""What municipalities do: policy, contact, training and inspections, on a map and in a table."""

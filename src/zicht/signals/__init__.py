"""What came in: until signals are weighed here, the one door through which later rooms read contacts."""

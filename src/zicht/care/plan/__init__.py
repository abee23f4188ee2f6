"""Support plans of a person: goals, tasks, approvals, every step, and the page that shows the whole way."""

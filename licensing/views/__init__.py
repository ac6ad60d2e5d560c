"""Pages of licensing."""

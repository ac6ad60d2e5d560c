"""Documents of licensing."""

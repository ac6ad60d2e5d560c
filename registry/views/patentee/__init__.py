"""Pages of those who file statements."""

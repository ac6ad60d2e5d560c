"""Pages of the mediators."""

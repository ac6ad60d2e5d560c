"""Fee terms of a statement: typed values, their caps, and what they cost. Pure."""

"""The bulletin as text and numbers: what an entry says, in which order, under which hash. Pure."""

"""Forms of licensing: they read what is typed; the rules judge it."""

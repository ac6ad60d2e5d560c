"""Help with the price (EST): five methods, a coefficient for several licensees, every step as data. Reference only."""

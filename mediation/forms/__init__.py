"""Forms of mediation. They clean what is typed; what the law refuses is refused by the acts."""

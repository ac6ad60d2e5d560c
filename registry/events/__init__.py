"""Events of the register of patents, folded into its present state. Pure: same events, same state, in any order."""

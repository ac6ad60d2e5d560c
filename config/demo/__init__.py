"""The demo story: believable and invented, told through the same acts that people use, in the order of time."""

"""How dates are written where Django writes them by itself: the days of the office's desk."""

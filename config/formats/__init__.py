"""How dates are written in each language, where Django's own way would not fit a Dutch register."""

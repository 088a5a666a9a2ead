"""Microdata that may leave: which columns together, how many rows alike, what is blanked. Plain Python on numpy."""

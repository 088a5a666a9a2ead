"""make run and make's environment, with nothing but Python's own library: it must work before anything is installed."""

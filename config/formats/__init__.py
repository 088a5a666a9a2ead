"""How dates are written, for the whole site: in a cell of a table the short form, everywhere else the long one.

tests/architecture/test_templates.py holds the templates to it.
"""

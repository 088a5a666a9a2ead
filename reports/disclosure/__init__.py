"""Keeps published counts from telling of single persons. Plain Python: cells in, safe cells out."""

"""How many persons no list holds, from the overlap between lists (domain section 7): plain Python with numpy and scipy.

histories holds the table, loglinear fits models, existence says which have an estimate, selection chooses, intervals and
replicates give the uncertainty, sensitivity shows what the choice hangs on, answer decides what may be said.
"""

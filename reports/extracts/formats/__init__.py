"""The files of an extract, one module for each format, and the archive that holds them."""

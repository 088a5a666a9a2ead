"""Work whose every effect leaves a row, so that what was lost or doubled can be counted. Installed in tests of killing only."""

"""Charts as plain geometry: bars, lines, regions, and a sheet with its texts around a chart. No Django, no markup."""

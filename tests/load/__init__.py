"""The load generator and its tables (`make bench`). Absolute figures are this machine's; read ratios."""

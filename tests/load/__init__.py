"""The load generator and its tables (`make bench`). Figures depend on the machine; compare ratios."""

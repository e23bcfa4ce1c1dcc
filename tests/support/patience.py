"""How long a test waits before it calls something missing.

A guard against hanging alone: nothing is asserted by it, so that a busy machine changes no verdict.
"""

#: Seconds.
PATIENCE = 60.0

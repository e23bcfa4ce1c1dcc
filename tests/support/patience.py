"""How long a test waits before it calls something missing.

Only a guard against hanging: nothing is asserted by it, so a busy machine changes no result.
"""

#: Seconds.
PATIENCE = 60.0

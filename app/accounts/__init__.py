"""Who may sign in: accounts with passwords, their sessions, and the one-time first link."""

"""What stands in front of every HTTP route, and how errors are answered."""

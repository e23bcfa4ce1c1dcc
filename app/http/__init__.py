"""What runs before every HTTP route, and how errors are answered."""

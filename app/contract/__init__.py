"""What the front end gets from the server's code (`make types`)."""

"""What the front end is told of the server's code (`make types`)."""

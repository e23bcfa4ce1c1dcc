"""What starts an installation, keeps it and brings it back: for whoever runs the server."""

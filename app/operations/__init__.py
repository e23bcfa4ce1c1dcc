"""Starting, maintaining and restoring an installation, for those who run the server."""

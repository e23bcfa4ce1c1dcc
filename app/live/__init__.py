"""The wire: how clients are let in, and what is sent over sockets."""

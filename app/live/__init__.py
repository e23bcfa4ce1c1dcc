"""The wire: who comes in, and what is said over sockets."""

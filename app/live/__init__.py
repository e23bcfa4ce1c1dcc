"""The live protocol: how clients are admitted, and what is sent over connections."""

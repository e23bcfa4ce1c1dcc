"""E-mail, for who has set a mail server: what is to be sent, a queue of it, and the one way out."""

"""E-mail, if a mail server is configured: the mails, their queue, and the one way out."""

"""The pages that the server sends: the shells of the front end, and what is stored."""

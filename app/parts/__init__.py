"""What several kinds of activity share: the records, their rules and what is worked out from them."""

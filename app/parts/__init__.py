"""What several kinds of activity share: records, their rules and what is derived from them."""

"""Companies, their well-being processes and the workshops in them."""

"""The conversation for two (D1-D3), kept apart from everything else: sealed under its two links."""

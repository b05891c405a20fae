"""Tab reads every screen as the eye does, and whatever it stops at says what it is."""

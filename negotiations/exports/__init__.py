"""Taking it with you: files that say how they are marked, of which moment they are, and how to prove them."""

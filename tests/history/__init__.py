"""States over both clocks, and the proof that the record is whole."""

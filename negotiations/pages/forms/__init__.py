"""Forms: types and lengths only; the rules decide the rest."""

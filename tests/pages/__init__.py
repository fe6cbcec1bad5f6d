"""Pages as their readers meet them."""

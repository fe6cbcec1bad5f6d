"""Tasks that wait for the test's word, and the processes that run them."""

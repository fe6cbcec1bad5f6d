"""PostgreSQL and Valkey from the pinned packages, and the processes that run on them."""

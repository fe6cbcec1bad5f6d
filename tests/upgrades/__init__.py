"""Upgrades: what the previous release wrote loads, and no migration since then holds up who works meanwhile.

`RELEASED` is the last migration of the previous release. With each release: run `make_data.py` in its
checkout, keep the dump under `data/`, and move `RELEASED` on.
"""

RELEASED = "0009_user_appointed"

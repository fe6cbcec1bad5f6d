"""Every address, asked by everybody: what one may not see is in no answer."""

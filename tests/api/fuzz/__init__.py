"""The whole description of the interface against the interface itself."""

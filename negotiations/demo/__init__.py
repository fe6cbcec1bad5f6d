"""The demonstration: three real processes from public reporting, told by calling the services."""

"""What goes in and out of the interface, field by field."""

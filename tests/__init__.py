"""The tests of the tracker; folders mirror the layers."""

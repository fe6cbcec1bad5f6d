#!/usr/bin/env python3
"""Django's command line, on the connection that fits the command."""

import os
import sys

from django.core.management import execute_from_command_line

from tracker.roles import use_owner_where_needed


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
    use_owner_where_needed(sys.argv, os.environ)
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()

#!/usr/bin/env bash
# Runs once in the container of PostgreSQL, before its first real start: the owner migrates, the application may not.
set -euo pipefail
psql --username "$POSTGRES_USER" --no-psqlrc --set ON_ERROR_STOP=1 \
    --set owner_password="$DATABASE_OWNER_PASSWORD" --set app_password="$DATABASE_APP_PASSWORD" <<'SQL'
CREATE ROLE tracker_owner LOGIN CREATEDB NOCREATEROLE NOSUPERUSER PASSWORD :'owner_password';
CREATE ROLE tracker_app LOGIN NOCREATEDB NOCREATEROLE NOSUPERUSER PASSWORD :'app_password';
GRANT tracker_app TO tracker_owner;
CREATE DATABASE tracker OWNER tracker_owner;
SQL

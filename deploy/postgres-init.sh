#!/bin/sh
# Runs once, in the database container, on an empty data volume: makes the application's roles and database.
# The login role owns its tables but is no superuser; requests run as qltb_app, which row-level security binds.
set -eu
psql --set ON_ERROR_STOP=1 --username postgres --dbname postgres \
    --set password="$(cat /run/secrets/database_password)" <<'SQL'
CREATE ROLE qltb_app NOLOGIN;
CREATE ROLE qltb LOGIN PASSWORD :'password';
GRANT qltb_app TO qltb WITH ADMIN OPTION;
CREATE DATABASE qltb OWNER qltb;
SQL

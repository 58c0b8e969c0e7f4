#!/bin/sh
# Runs once, when the data folder is made: a database and a role for each service.
set -eu
psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres --file /secrets/databases.sql

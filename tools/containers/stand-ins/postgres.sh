# What the entry point of the official image does, as far as the compose file needs it.
set -eu
mkdir -p "$PGDATA"
as_postgres() { "$@"; }
if [ "$(id -u)" = 0 ]; then
  chown postgres:postgres "$PGDATA"
  as_postgres() { setpriv --reuid=postgres --regid=postgres --init-groups -- "$@"; }
fi
chmod 700 "$PGDATA"
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  (umask 077 && cat "$POSTGRES_PASSWORD_FILE" > /tmp/password)
  [ "$(id -u)" != 0 ] || chown postgres /tmp/password
  # shellcheck disable=SC2086 -- several arguments
  as_postgres initdb --username=postgres --pwfile=/tmp/password --auth-host=scram-sha-256 ${POSTGRES_INITDB_ARGS:-}
  rm /tmp/password
  printf "listen_addresses = '*'\nunix_socket_directories = '/tmp'\n" >> "$PGDATA/postgresql.conf"
  echo 'host all all all scram-sha-256' >> "$PGDATA/pg_hba.conf"
fi
[ "$(id -u)" = 0 ] || exec "$@"
exec setpriv --reuid=postgres --regid=postgres --init-groups -- "$@"

# What the entry point of the official image does. Its user has this id, and the secrets are that user's alone.
set -eu
[ "$(id -u)" = 0 ] || exec "$@"
chown 999:999 .
exec setpriv --reuid=999 --regid=999 --clear-groups -- "$@"

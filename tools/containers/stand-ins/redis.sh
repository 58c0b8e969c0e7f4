# What the entry point of the official image does.
set -eu
chown redis:redis .
exec setpriv --reuid=redis --regid=redis --init-groups -- "$@"

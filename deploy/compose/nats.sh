#!/bin/sh
# Runs the broker and has it read its configuration again when that changed: a new version of the platform brings users and
# permissions of its own. An argument is the file; the second one is the number of seconds between two looks at it.
set -eu
file=${1:-/secrets/nats.conf}
pause=${2:-2}

nats-server --config "$file" &
server=$!
# A broker that is told to end finishes what it has: the loop below waits for it.
trap 'kill -TERM "$server" 2>/dev/null || true' TERM INT

seen=$(cksum < "$file")
while kill -0 "$server" 2>/dev/null; do
  sleep "$pause" &
  wait $! || true
  now=$(cksum < "$file" 2>/dev/null || echo "$seen")
  if [ "$now" != "$seen" ]; then
    seen=$now
    kill -HUP "$server"
  fi
done
wait "$server"

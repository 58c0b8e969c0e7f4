import { spawnSync } from 'node:child_process';
import { setting } from '../../stack/environment';

/** The user of every container of the platform. */
export const USER = 10001;

/**
 * A namespace of its own in which nothing can be written but an empty /tmp, without capabilities and without a way to
 * new ones: what `securityContext` asks of a container engine. Ends as the process that is started in it.
 */
const SCRIPT = `
set -e
mount --make-rprivate /
while read -r _ where _; do
  case "$where" in
    /proc*|/sys*|/dev*) ;;
    *) mount -o remount,bind,ro "$where" 2>/dev/null || [ "$where" != / ] ;;
  esac
done < /proc/self/mounts
case "$PWD" in /tmp*) ;; *) mount -t tmpfs -o size=64m,mode=1777 tmpfs /tmp ;; esac
exec setpriv --reuid=${USER} --regid=${USER} --clear-groups --bounding-set=-all --inh-caps=-all --no-new-privs -- "$@"`;

/** Puts a command line into confinement. */
export const confined = (command: readonly string[]): [string, ...string[]] => [
  'unshare',
  '--mount',
  'sh',
  '-c',
  SCRIPT,
  'sh',
  ...command,
];

/** Why processes cannot be confined here, or nothing where they can. */
export function whyNotConfined(): string | undefined {
  if (process.getuid?.() !== 0) return 'needs root';
  const [program, ...args] = confined(['id', '-u']);
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    encoding: 'utf8',
    env: { PATH: setting('PATH') },
  });
  return status === 0 && stdout.trim() === String(USER) ? undefined : (error?.message ?? stderr.trim().split('\n')[0]);
}

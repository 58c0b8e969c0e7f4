import dns, { type LookupAddress } from 'node:dns';
import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';

const HOSTS_FILE = '/etc/hosts';
/** Milliseconds for which the hosts file is not read again. */
const HOSTS_LIFE_MS = 5000;
/** Milliseconds for the first question to a name server; the second one has twice that. */
const DNS_TIMEOUT_MS = 2000;
const DNS_TRIES = 2;
const LOOPBACK = ['127.0.0.1', '::1'];
/** The name server says that there is no such name, or none with an address. */
const NO_SUCH_NAME = ['ENOTFOUND', 'ENODATA', 'EBADNAME'];
/** No question has left this machine, or its own name server takes none. */
const NOT_ASKED = ['ECONNREFUSED', 'ENOMEM', 'EFILE', 'ENOTINITIALIZED'];

/** Why a name has no address: `unknown`, `silent` where no answer came, `not-asked` where that is our own fault. */
export class NoAddress extends Error {
  constructor(
    readonly why: 'unknown' | 'silent' | 'not-asked',
    cause: unknown,
  ) {
    super(`no address: ${why}`, { cause });
  }
}

/**
 * The addresses of a name, from the hosts file or by DNS. Questions are asked beside the thread pool, which getaddrinfo
 * would fill with names that never resolve, and end with `signal`.
 * @throws NoAddress
 */
export async function addressesOf(hostname: string, signal: AbortSignal): Promise<LookupAddress[]> {
  const name = hostname.toLowerCase().replace(/\.$/, '');
  const known = (await hosts.of(name)) ?? (/(^|\.)localhost$/.test(name) ? LOOPBACK : undefined);
  if (known) return known.map(typed).sort((a, b) => a.family - b.family);
  const resolver = new dns.promises.Resolver({ timeout: DNS_TIMEOUT_MS, tries: DNS_TRIES });
  const cancel = (): void => resolver.cancel();
  signal.addEventListener('abort', cancel, { once: true });
  try {
    signal.throwIfAborted();
    const answers = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)]);
    const found = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
    if (found.length === 0) throw reasonOf(answers);
    return found.map(typed);
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}

/** Of both families, neither of which has an address. */
function reasonOf(answers: readonly PromiseSettledResult<unknown>[]): NoAddress {
  const errors = answers.flatMap((one) => (one.status === 'rejected' ? [one.reason as NodeJS.ErrnoException] : []));
  const all = (codes: readonly string[]): boolean => errors.every(({ code = '' }) => codes.includes(code));
  const [cause] = errors;
  if (all(NO_SUCH_NAME)) return new NoAddress('unknown', cause);
  return new NoAddress(all(NOT_ASKED) ? 'not-asked' : 'silent', cause);
}

const typed = (address: string): LookupAddress => ({ address, family: isIP(address) });

/** The hosts file, read again when it may have changed. */
class Hosts {
  /** A promise, so that a name that is asked for while the file is read waits for it. */
  private names?: Promise<Map<string, string[]>>;
  private readAt = -Infinity;

  async of(name: string): Promise<readonly string[] | undefined> {
    if (!this.names || performance.now() - this.readAt > HOSTS_LIFE_MS) {
      this.readAt = performance.now();
      this.names = readFile(HOSTS_FILE, 'utf8').then(parsed, () => new Map());
    }
    return (await this.names).get(name);
  }
}

const hosts = new Hosts();

function parsed(text: string): Map<string, string[]> {
  const names = new Map<string, string[]>();
  for (const line of text.split('\n')) {
    const [address = '', ...aliases] = line.replace(/#.*/, '').trim().split(/\s+/);
    if (isIP(address) === 0) continue;
    for (const alias of aliases.map((one) => one.toLowerCase()))
      names.set(alias, [...(names.get(alias) ?? []), address]);
  }
  return names;
}

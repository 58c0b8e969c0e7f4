import { commandLine, wholeNumber } from '../stack/command-line';
import { StackError } from '../stack/terminal';

const PROTOCOLS = ['1.6', '2.0.1'] as const;
type Protocol = (typeof PROTOCOLS)[number];

export interface ChargerToolOptions {
  readonly url: string;
  /** The version of OCPP that it speaks. */
  readonly protocol: Protocol;
  readonly identity: string;
  readonly password: string;
  /** Number of the card that is shown. */
  readonly card: string;
  readonly kilowatts: number;
  /** Length of a session. */
  readonly seconds: number;
  /** Seconds between two sessions. */
  readonly every: number;
  /** Whether it ends after one session. */
  readonly once: boolean;
}

const TEXTS = ['url', 'identity', 'password', 'protocol', 'card', 'kilowatts', 'seconds', 'every'] as const;

/** `address`: where it connects by default. @throws StackError for what cannot be understood */
export function chargerOptions(args: readonly string[], address = 'ws://localhost:8887/ocpp'): ChargerToolOptions {
  const texts = Object.fromEntries(TEXTS.map((name) => [name, { type: 'string' as const }]));
  const { values } = commandLine({ args: [...args], options: { ...texts, once: { type: 'boolean' } } });
  const given = values as Partial<Record<(typeof TEXTS)[number], string>> & { once?: boolean };
  const { identity, password } = given;
  if (!identity || !password)
    throw new StackError('--identity and --password are needed: those of POST /api/chargers.');
  const protocol = PROTOCOLS.find((one) => one === (given.protocol ?? '1.6'));
  if (!protocol) throw new StackError(`--protocol is one of ${PROTOCOLS.join(', ')}.`);
  return {
    url: urlOf(given.url ?? address, identity),
    protocol,
    identity,
    password,
    card: given.card ?? '04A2B1C6',
    kilowatts: wholeNumber('kilowatts', given.kilowatts, 1000) ?? 11,
    seconds: wholeNumber('seconds', given.seconds, 86_400) ?? 60,
    every: wholeNumber('every', given.every, 86_400) ?? 180,
    once: given.once ?? false,
  };
}

function urlOf(address: string, identity: string): string {
  const url = address.replace(/\/+$/, '');
  if (!/^wss?:\/\/./.test(url)) throw new StackError('--url begins with ws:// or wss://.');
  // The address that the platform shows ends with the identity.
  return url.endsWith(`/${encodeURIComponent(identity)}`) ? url.slice(0, url.lastIndexOf('/')) : url;
}

import { commandLine, wholeNumber } from '../stack/command-line';
import { StackError } from '../stack/terminal';

export interface ChargerToolOptions {
  readonly url: string;
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

const TEXTS = ['url', 'identity', 'password', 'card', 'kilowatts', 'seconds', 'every'] as const;

/** @throws StackError for what cannot be understood */
export function chargerOptions(args: readonly string[]): ChargerToolOptions {
  const texts = Object.fromEntries(TEXTS.map((name) => [name, { type: 'string' as const }]));
  const { values } = commandLine({ args: [...args], options: { ...texts, once: { type: 'boolean' } } });
  const given = values as Partial<Record<(typeof TEXTS)[number], string>> & { once?: boolean };
  const { identity, password } = given;
  if (!identity || !password)
    throw new StackError('--identity and --password are needed: those of POST /api/chargers.');
  const url = (given.url ?? 'ws://localhost:8887/ocpp').replace(/\/+$/, '');
  if (!/^wss?:\/\/./.test(url)) throw new StackError('--url begins with ws:// or wss://.');
  return {
    // The address that the platform shows ends with the identity.
    url: url.endsWith(`/${encodeURIComponent(identity)}`) ? url.slice(0, url.lastIndexOf('/')) : url,
    identity,
    password,
    card: given.card ?? '04A2B1C6',
    kilowatts: wholeNumber('kilowatts', given.kilowatts, 1000) ?? 11,
    seconds: wholeNumber('seconds', given.seconds, 86_400) ?? 60,
    every: wholeNumber('every', given.every, 86_400) ?? 180,
    once: given.once ?? false,
  };
}

import { environment } from '@open-cpo/platform';

/** A user as far as requests need to know them. */
export interface Person {
  readonly accountId: number;
  readonly userId: number;
  readonly currency: string;
  readonly timeZone: string;
}

/** Databases of a contestant's own: copies of those of the platform, to write to. */
export interface Copies {
  readonly auth: string;
  readonly stations: string;
  readonly workforce: string;
  /** Of the services that keep what the others write. */
  readonly orders: string;
  readonly notifications: string;
  readonly chargers: string;
  /** Where attempts to log in are counted. */
  readonly redisUrl: string;
  /** Names the stream and the subjects of the contestant's events, and begins its keys in Redis. */
  readonly stream: string;
}

/** What the benchmark tells a contestant. */
export interface Settings {
  readonly port: number;
  readonly stationsUrl: string;
  readonly ordersUrl: string;
  readonly natsUrl: string;
  /** Where pictures are. */
  readonly publicUrl: string;
  /** The public key of access tokens, PEM. */
  readonly tokenKey: string;
  /** By user id. */
  readonly people: Readonly<Record<string, Person>>;
  /** Only where writes are measured. */
  readonly copies?: Copies;
}

/** Connections to each database, as many as a service of the platform has for reading. */
export const POOL = 3;

export const settings = (): Settings => JSON.parse(environment().CONTESTANT ?? '{}') as Settings;

/** Tells the benchmark that requests are answered from here on. */
export const ready = (): void => void process.send?.('ready');

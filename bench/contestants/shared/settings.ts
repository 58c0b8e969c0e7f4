import { environment } from '@open-cpo/platform';

/** A user as far as reads need to know them. */
export interface Person {
  readonly accountId: number;
  readonly currency: string;
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
}

/** Connections to each database, as many as a service of the platform has for reading. */
export const POOL = 3;

export const settings = (): Settings => JSON.parse(environment().CONTESTANT ?? '{}') as Settings;

/** Tells the benchmark that requests are answered from here on. */
export const ready = (): void => void process.send?.('ready');

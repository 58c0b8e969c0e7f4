import { createHash, timingSafeEqual } from 'node:crypto';
import { environment } from '@open-cpo/platform';

/** What the benchmark tells a baseline that speaks OCPP. */
export interface OcppSettings {
  readonly port: number;
  /** Of the password of every charger, hexadecimal. */
  readonly secretHash: string;
  /** Where packages are that are not the platform's own. */
  readonly packages: string;
}

export const ocppSettings = (): OcppSettings => JSON.parse(environment().CONTESTANT ?? '{}') as OcppSettings;

/** As the platform: the SHA-256 of a random password, compared in constant time. */
export const isRight = (password: string, hash: Buffer): boolean =>
  timingSafeEqual(createHash('sha256').update(Buffer.from(password, 'hex')).digest(), hash);

const now = (): string => new Date().toISOString();

/** The answers of a server that stores nothing. */
export const ANSWERS: Readonly<Record<string, () => object>> = {
  BootNotification: () => ({ status: 'Accepted', currentTime: now(), interval: 300 }),
  Heartbeat: () => ({ currentTime: now() }),
  StatusNotification: () => ({}),
  StartTransaction: () => ({ transactionId: 1, idTagInfo: { status: 'Accepted' } }),
  MeterValues: () => ({}),
  StopTransaction: () => ({}),
};

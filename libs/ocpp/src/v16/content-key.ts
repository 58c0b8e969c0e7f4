import type { StartTransaction } from './requests';

/**
 * What makes two StartTransaction the same one: chargers repeat it with another message id until it is answered. Without a
 * time nothing tells a repetition from the next transaction, and the message id has to do.
 */
export function startKey({ connector, tag, meterWh, timestamp }: StartTransaction, messageId: string): string {
  const time = timestamp === undefined || timestamp === null ? `id ${messageId}` : timestamp;
  return JSON.stringify([connector ?? null, time, meterWh ?? null, tag ?? null]);
}

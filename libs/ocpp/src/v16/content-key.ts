import type { StartTransaction, StopTransaction } from './requests';

/** Without a time nothing tells a repetition from the next one, and the message id has to do. */
const timeOf = (timestamp: unknown, messageId: string): unknown => timestamp ?? `id ${messageId}`;

/** What makes two StartTransaction the same one: chargers repeat it with another message id until it is answered. */
export function startKey({ connector, tag, meterWh, timestamp }: StartTransaction, messageId: string): string {
  return JSON.stringify([connector ?? null, timeOf(timestamp, messageId), meterWh ?? null, tag ?? null]);
}

/** The same for StopTransaction that names no transaction: repeated, it may have another reason, or say the card. */
export function stopKey({ meterWh, timestamp }: StopTransaction, messageId: string): string {
  return JSON.stringify([timeOf(timestamp, messageId), meterWh ?? null]);
}

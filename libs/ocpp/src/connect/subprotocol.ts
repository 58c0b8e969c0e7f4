/** Subprotocols of WebSocket that are spoken, best first. */
export const SUBPROTOCOLS = ['ocpp2.0.1', 'ocpp1.6'] as const;
export type Subprotocol = (typeof SUBPROTOCOLS)[number];

/**
 * The best of those that a charger offers in `Sec-WebSocket-Protocol`, in any order; nothing when none of them is spoken, such
 * as OCPP 2.1 or 2.0 alone.
 */
export function subprotocolOf(header: string | undefined): Subprotocol | undefined {
  const offered = (header ?? '').split(',').map((one) => one.trim().toLowerCase());
  return SUBPROTOCOLS.find((one) => offered.includes(one));
}

/** The one of the offered names that is answered, written as it was offered. */
export function spokenOf(offered: Iterable<string>): string | undefined {
  const names = [...offered];
  const best = subprotocolOf(names.join(','));
  return names.find((one) => one.trim().toLowerCase() === best);
}

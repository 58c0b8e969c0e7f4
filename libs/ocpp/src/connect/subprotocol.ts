/** Subprotocols of WebSocket that are spoken, best first. */
export const SUBPROTOCOLS = ['ocpp1.6'] as const;
export type Subprotocol = (typeof SUBPROTOCOLS)[number];

/** The best of those that a charger offers in `Sec-WebSocket-Protocol`; nothing when none of them is spoken. */
export function subprotocolOf(header: string | undefined): Subprotocol | undefined {
  const offered = (header ?? '').split(',').map((one) => one.trim().toLowerCase());
  return SUBPROTOCOLS.find((one) => offered.includes(one));
}

/** Codes with which sockets are closed. */
export const CLOSE = { drained: 1001, protocol: 1002, replaced: 1008, unavailable: 1013 } as const;

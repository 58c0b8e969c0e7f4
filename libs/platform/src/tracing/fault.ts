/** Kinds of refusals that are trouble of ours and not the client's. */
const TROUBLE: ReadonlySet<unknown> = new Set(['internal', 'unavailable', 'deadline']);

/** What may be exported of an error: its code or its class. A refusal has a kind, and is no fault. */
export function faultOf(error: unknown): { type: string; fault: boolean } {
  if (!(error instanceof Error)) return { type: typeof error, fault: true };
  const { code, kind } = error as { code?: unknown; kind?: unknown };
  const type = typeof code === 'string' ? code : error.name;
  return { type, fault: kind === undefined || TROUBLE.has(kind) };
}

import { Refusal, type WireRefusal } from '@open-cpo/contracts';

/** How a write ended: with an answer, or with a refusal that must be kept. */
export type Outcome = { readonly body: Uint8Array } | { readonly refusal: Refusal };

const ANSWER = 0;
const REFUSAL = 1;

/** Does the work; a refusal that is to be kept is an outcome, any other one undoes everything. */
export async function outcomeOf(work: () => Promise<Uint8Array>): Promise<Outcome> {
  try {
    return { body: await work() };
  } catch (error) {
    if (error instanceof Refusal && error.keep) return { refusal: error };
    throw error;
  }
}

/** As bytes, the first of which says which of the two it is. */
export function pack(outcome: Outcome): Buffer {
  if ('body' in outcome) return Buffer.concat([Buffer.of(ANSWER), outcome.body]);
  return Buffer.concat([Buffer.of(REFUSAL), Buffer.from(JSON.stringify(outcome.refusal.toWire()))]);
}

export function unpack(bytes: Buffer): Outcome {
  const rest = bytes.subarray(1);
  if (bytes[0] === ANSWER) return { body: rest };
  return { refusal: Refusal.fromWire(JSON.parse(rest.toString()) as WireRefusal) };
}

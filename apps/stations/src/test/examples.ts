import { reference } from '@open-cpo/testing';

/** An example request of the reference, as printed and as repaired. */
export function exampleOf(number: number) {
  const example = reference.EXAMPLES.find((one) => one.number === number);
  if (!example) throw new Error(`The reference has no example for #${number}.`);
  const bodyOf = (one?: { body?: unknown }): Record<string, unknown> => ({ ...(one?.body as object) });
  return { printed: bodyOf(example), repaired: bodyOf(example.fixed ?? example) };
}

/** What is not as the reference documents an answer that comes under a condition such as `power-centers=1`. */
export const wrongWhen = (number: number, when: string, body: unknown): string[] =>
  reference.mismatches(body, reference.answerOf(reference.operationOf(number), { when }).shape);

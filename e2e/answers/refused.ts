import { demoUser } from '../client';
import type { Operation } from './described';
import type { People } from './person';

/** Ends the token that the others need. */
const ENDING = new Set(['accountsLogout', 'accountsRefresh']);
const TEXTS: Record<string, string> = { exportId: 'orders-0b0ab0fe-5a7c-4a8e-9d3d-0d3a3c1c4a11' };
const MISSING = 2_147_483_647;

const urlOf = ({ path, parameters }: Operation, id: number): string =>
  path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const example = parameters.find((one) => one.name === name && one.in === 'path')?.example;
    return TEXTS[name] ?? (typeof example === 'number' ? String(id) : String(example));
  });

/** Asks every operation in the ways that are refused: by strangers, in others' accounts, with nothing in the body. */
export async function everythingRefused(people: People): Promise<void> {
  const { token } = await people.owner();
  const viewer = await demoUser('viewer');
  for (const operation of people.described.operations) {
    const { method, operationId } = operation;
    const [foreign, missing] = [urlOf(operation, 1), urlOf(operation, MISSING)];
    await people.try(method, foreign);
    await people.try(method, foreign, { token, headers: { 'api-key': 'no key' } });
    if (ENDING.has(operationId) || operationId === 'eventsFollow') continue;
    const body = operation.takesBody ? {} : undefined;
    for (const url of [foreign, missing]) await people.try(method, url, { token, body });
    if (operation.takesBody) {
      await people.try(method, missing, { token, body: '{' });
      await people.try(method, missing, { token, body: '{}', headers: { 'content-type': 'text/plain' } });
    }
    // Only what a viewer may not: the demo stays as it is.
    if (method !== 'GET' && !['public', 'token'].includes(operation.permission)) {
      await people.try(method, foreign, { token: viewer, body });
    }
  }
  await stale(people, token);
}

/** Writes under an `ETag` that is none of the resource. */
async function stale({ described, try: attempt }: People, token: string): Promise<void> {
  for (const operation of described.operations.filter(({ responses }) => '412' in responses)) {
    const { method } = operation;
    await attempt(method, urlOf(operation, 1), { token, body: {}, headers: { 'if-match': '"none"' } });
  }
}

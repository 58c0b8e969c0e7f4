import { loadBulk } from '../../tools/demo/bulk';
import { operator } from '../../tools/stack/apps';
import { brokerCredential } from '../../tools/stack/start/app-environment';
import { StackError } from '../../tools/stack/terminal';
import type { BenchStack } from './bench-stack';

/** Whom the demo data has, and what they own. */
export const OWNER = { email: 'owner@demo.test', password: 'Charge-2026!', userId: 1, accountId: 1, currency: 'DZD' };

/** A token of the demo's owner, as any client gets one. */
export async function tokenOf(stack: BenchStack): Promise<string> {
  const { email, password } = OWNER;
  const answer = await fetch(`${stack.url}/api/v3/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
  const { data } = (await answer.json()) as { data?: { access_token?: string } };
  if (!data?.access_token) throw new StackError(`The demo's owner cannot log in (${answer.status}).`);
  return data.access_token;
}

/** How to reach the platform as its operators do. */
export function deskSettings(stack: BenchStack) {
  const { NATS_USER: user, NATS_PASSWORD: password, CALL_KEYS: callKeys } = brokerCredential(operator, stack.facts);
  return { natsUrl: stack.addresses.natsUrl, user, password, callKeys };
}

/** Completed orders in the owner's list. */
export const loadOrders = (stack: BenchStack, orders: number): Promise<void> => loadBulk(deskSettings(stack), orders);

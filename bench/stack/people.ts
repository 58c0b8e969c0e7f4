import { loadBulk } from '../../tools/demo/bulk';
import { operator } from '../../tools/stack/apps';
import { brokerCredential } from '../../tools/stack/start/app-environment';
import { HttpClient, OWNER as DEMO_OWNER } from '../../tools/http/client';
import type { BenchStack } from './bench-stack';

/** Whom the demo data has, and what they own. */
export const OWNER = { ...DEMO_OWNER, userId: 1, accountId: 1, currency: 'DZD' };

/** A token of the demo's owner, as any client gets one. */
export const tokenOf = (stack: BenchStack): Promise<string> => HttpClient.tokenOf(stack.url);

/** How to reach the platform as its operators do. */
export function operatorSettings(stack: BenchStack) {
  const { NATS_USER: user, NATS_PASSWORD: password, CALL_KEYS: callKeys } = brokerCredential(operator, stack.facts);
  return { natsUrl: stack.addresses.natsUrl, user, password, callKeys };
}

/** Completed orders in the owner's list. */
export const loadOrders = (stack: BenchStack, orders: number): Promise<void> =>
  loadBulk(operatorSettings(stack), orders);

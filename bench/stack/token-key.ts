import { createPublicKey } from 'node:crypto';
import { sessions } from '@open-cpo/contracts';
import { Broker, Bus, internalCaller } from '@open-cpo/messaging';
import { Health, Log } from '@open-cpo/platform';
import { callKeys } from '../../tools/stack/broker/call-keys';
import type { BenchStack } from './bench-stack';

/** The public key by which access tokens are verified, as PEM: auth tells it to whoever speaks for the gateway. */
export async function tokenKey(stack: BenchStack): Promise<string> {
  const { natsUrl: url } = stack.addresses;
  const { secrets } = stack;
  const password = secrets.password('nats.gateway');
  const options = { service: 'gateway', url, user: 'gateway', password, callKeys: callKeys('gateway', secrets) };
  const broker = new Broker(options, Log.to({ service: 'bench', level: 'silent' }), new Health());
  await new Promise<void>((resolve) => broker.whenUp(() => resolve()));
  const [key] = await new Bus(broker).call(sessions.keys, {}, internalCaller());
  await broker.onApplicationShutdown();
  if (!key) throw new Error('There is no key for tokens.');
  const { kty, crv, x, y } = key;
  return createPublicKey({ key: { kty, crv, x, y }, format: 'jwk' }).export({ type: 'spki', format: 'pem' }).toString();
}

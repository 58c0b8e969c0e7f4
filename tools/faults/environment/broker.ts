import { connect, type NatsConnection } from '@nats-io/transport-node';
import type { FaultEnvironment } from './fault-environment';

/** Does something at the broker as one of its users, past every fault. */
export async function asUser<T>(
  { addresses, secrets }: Pick<FaultEnvironment, 'addresses' | 'secrets'>,
  user: string,
  work: (nats: NatsConnection) => Promise<T>,
): Promise<T> {
  const pass = secrets.password(`nats.${user}`);
  const nats = await connect({ servers: addresses.natsUrl, user, pass, inboxPrefix: `_INBOX_${user}` });
  try {
    return await work(nats);
  } finally {
    await nats.close();
  }
}

import { connect, type NatsConnection } from '@nats-io/transport-node';
import type { Stage } from './stage';

/** Does something at the broker as one of its users, past every fault. */
export async function asUser<T>(
  { direct, secrets }: Pick<Stage, 'direct' | 'secrets'>,
  user: string,
  work: (nats: NatsConnection) => Promise<T>,
): Promise<T> {
  const pass = secrets.password(`nats.${user}`);
  const nats = await connect({ servers: direct.natsUrl, user, pass, inboxPrefix: `_INBOX_${user}` });
  try {
    return await work(nats);
  } finally {
    await nats.close();
  }
}

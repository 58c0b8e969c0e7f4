import { buckets } from '@open-cpo/files';
import { applyConsumer, type ConsumerDeclaration, streams } from '@open-cpo/events';
import { applyStream, tlsOf } from '@open-cpo/messaging';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';

export interface SetUpOptions {
  readonly natsUrl: string;
  /** The credential that is used for nothing else; absent on a broker that asks for none. */
  readonly user?: string;
  readonly password?: string;
  readonly consumers: readonly ConsumerDeclaration[];
  /** Replicas of each stream; absent: one for streams that are made, those of existing ones are left alone. */
  readonly replicas?: number;
}

/** Makes the streams and durable consumers that the apps need and may not make themselves. May be run again. */
export async function setUpBroker({ natsUrl, user, password, consumers, replicas }: SetUpOptions): Promise<void> {
  const who = { user, pass: user ? password : undefined, inboxPrefix: '_INBOX_setup', name: 'broker-setup' };
  const nats = await connect({ servers: natsUrl.split(','), ...who, tls: tlsOf(natsUrl), reconnect: false });
  try {
    const manager = await jetstreamManager(nats);
    const made = new Set<string>();
    for (const stream of [...streams, ...buckets])
      if (await applyStream(manager, stream, replicas)) made.add(stream.name);
    // A stream that was made has no past; what was published since belongs to every consumer.
    for (const consumer of consumers)
      await applyConsumer(manager, made.has(consumer.stream) ? { ...consumer, from: 'all' } : consumer);
  } finally {
    await nats.close();
  }
}

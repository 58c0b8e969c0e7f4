import type { ConsumerInfo, JetStreamManager } from '@nats-io/jetstream';
import { orMissing } from '@open-cpo/messaging';
import { type ConsumerDeclaration, consumerConfig } from './declared';

/**
 * Makes a durable consumer, or gives it the declared filter; limits that an operator changed are left alone, but for one
 * that took an event at a time before it took batches.
 */
export async function applyConsumer(manager: JetStreamManager, wanted: ConsumerDeclaration): Promise<void> {
  const { as, stream, filter } = wanted;
  const found = await orMissing(manager.consumers.info(stream, as));
  if (found && !isPush(found)) {
    const { filter_subject, max_ack_pending } = found.config;
    const one = Boolean(wanted.batch) && max_ack_pending === 1;
    const pending = one ? { max_ack_pending: consumerConfig(wanted).max_ack_pending } : {};
    if (filter_subject !== filter || one)
      await manager.consumers.update(stream, as, { filter_subject: filter, ...pending });
    return;
  }
  if (found) await manager.consumers.delete(stream, as);
  await manager.consumers.add(stream, consumerConfig(wanted));
}

/** Ours are pulled: one that is pushed somewhere was made by somebody else. */
const isPush = ({ config }: ConsumerInfo): boolean => Boolean(config.deliver_subject);

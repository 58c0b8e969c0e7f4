import { type Consumer, type ConsumerInfo, jetstream, jetstreamManager } from '@nats-io/jetstream';
import { applyStream, type Broker, isForbidden, orMissing } from '@open-cpo/messaging';
import { applyConsumer } from './apply';
import { type ConsumerDeclaration, streams } from './declared';

/**
 * The durable consumer that was made when the broker was set up; an app has no right to make one. While it is missing the
 * process is not ready, nor while the broker has the permissions of a version that did not know it. On a broker that asks
 * for no credential nothing is set up: the process makes it itself.
 * @throws Error that names what is missing
 */
export async function findConsumer(broker: Broker, declared: ConsumerDeclaration): Promise<Consumer> {
  const { as, stream } = declared;
  const asked = broker.account('streams');
  const nats = asked.connection();
  const manager = await jetstreamManager(nats, asked.jetstream);
  if (broker.anonymous) {
    for (const each of streams) await applyStream(manager, each);
    await applyConsumer(manager, declared);
  }
  const what = `consumer ${as} of stream ${stream}`;
  let found: ConsumerInfo | undefined;
  try {
    found = await orMissing(manager.consumers.info(stream, as));
  } catch (error) {
    if (!isForbidden(error)) throw error;
    broker.lacks(what, true);
    const subject = `$JS.API.CONSUMER.INFO.${stream}.${as}`;
    throw new Error(
      `The broker does not permit ${subject} to ${broker.service}: deploy the broker permissions of this version (docs/operations.md).`,
      { cause: error },
    );
  }
  broker.lacks(what, !found);
  if (!found)
    throw new Error(`Consumer ${as} of stream ${stream} is missing: run the broker setup (docs/operations.md).`);
  return jetstream(nats, asked.jetstream).consumers.get(stream, as);
}

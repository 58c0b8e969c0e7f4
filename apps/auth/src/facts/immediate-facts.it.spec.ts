import { jetstreamManager } from '@nats-io/jetstream';
import { apiKeyRevoked, apiKeys } from '@open-cpo/contracts';
import { Broker } from '@open-cpo/messaging';
import { Transactions } from '@open-cpo/persistence';
import { startTestClient, until } from '@open-cpo/testing';
import { AuthUnderTest, type Person } from '../fixture/auth-under-test';
import { ReceivedEvents } from '../fixture/received-events';
import { ImmediateFacts } from './immediate-facts';

describe('a fact that caches at the edge depend on', () => {
  let auth: AuthUnderTest;
  let owner: Person;

  beforeAll(async () => {
    auth = await AuthUnderTest.start();
    owner = await auth.owner();
  });

  afterAll(() => auth?.stop());

  const get = <T>(token: abstract new (...args: never[]) => T): T => auth.service.app.get<T>(token, { strict: false });
  const sent = async (keyId: number) => {
    const text = 'select key from outbox where name = $1 and sent_at is not null';
    return (await auth.database.query<{ key: string }>(text, [`${apiKeyRevoked.subject}.${keyId}`]))[0]?.key;
  };
  const stored = async (keyId: number) => {
    const client = await startTestClient(auth.broker);
    const manager = await jetstreamManager(client.app.get(Broker).connection());
    const subject = `${apiKeyRevoked.subject}.${keyId}`;
    const { state } = await manager.streams.info('FACTS', { subjects_filter: subject });
    const last = await manager.streams.getMessage('FACTS', { last_by_subj: subject });
    await client.stop();
    return { times: state.subjects?.[subject], id: last?.header.get('Nats-Msg-Id'), payload: last?.json() };
  };

  it('is heard before the answer, and is in the stream once although it comes there twice', async () => {
    const { id } = await auth.bus.call(apiKeys.create, { name: 'Leaked' }, owner.caller);
    const received = await ReceivedEvents.to(auth.broker, apiKeyRevoked);
    await auth.bus.call(apiKeys.remove, { id }, owner.caller);
    // Once straight after the commit, and perhaps already once more from the outbox.
    expect(await received.soFar()).toContainEqual({ keyId: id });
    await received.stop();
    const eventId = await until(() => sent(id));
    expect(await stored(id)).toEqual({ times: 1, id: eventId, payload: { keyId: id } });
  });

  it('comes by the outbox alone when the broker is away at the commit', async () => {
    const keyId = 4711;
    await auth.broker.kill();
    await until(() => !get(Broker).connected);
    await get(Transactions).run(() => get(ImmediateFacts).tell(apiKeyRevoked, keyId, { keyId }));
    expect(await sent(keyId)).toBeUndefined();
    await auth.broker.restart();
    await until(() => sent(keyId));
    expect(await stored(keyId)).toMatchObject({ times: 1, payload: { keyId } });
  });

  it('is never heard when its transaction fails', async () => {
    const received = await ReceivedEvents.to(auth.broker, apiKeyRevoked);
    const failing = get(Transactions).run(async () => {
      await get(ImmediateFacts).tell(apiKeyRevoked, 4712, { keyId: 4712 });
      throw new Error('changed its mind');
    });
    await expect(failing).rejects.toThrow('changed its mind');
    expect(await received.soFar()).toEqual([]);
    await received.stop();
  });
});

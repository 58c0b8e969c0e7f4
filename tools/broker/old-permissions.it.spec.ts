import type { AnyOperation } from '@open-cpo/contracts';
import { findConsumer } from '@open-cpo/events';
import { Broker, PermissionCheck } from '@open-cpo/messaging';
import { Health, Log } from '@open-cpo/platform';
import { until } from '@open-cpo/testing';
import type { Msg } from '@nats-io/transport-node';
import { setUpBroker } from '../broker-setup/set-up';
import type { AllUses } from '../stack/broker/permissions';
import { brokerAccounts } from '../stack/broker/users';
import { natsConfig, withPasswords } from '../stack/servers/nats-config';
import { GuardedBroker } from './test/guarded-broker';
import { uses } from './uses';

const [added, ...others] = uses.auth?.consumes ?? [];
const [newCall = '', ...knownCalls] = uses.auth?.calls ?? [];
/** What the apps used before a version that added a consumer and a call to auth. */
const before = { ...uses, auth: { ...uses.auth, consumes: others, calls: knownCalls } } as AllUses;
const passwordOf = (owner: string): string => `${owner}-secret`;

describe('an app at a broker that has the permissions of the version before', () => {
  let server: GuardedBroker;
  let broker: Broker;
  const health = new Health();
  const optionsOf = () => ({ service: 'auth', url: server.url, user: 'auth', password: passwordOf('auth') });
  beforeAll(async () => {
    const accounts = withPasswords(brokerAccounts(before), passwordOf);
    server = await GuardedBroker.start((port, storeFolder) => natsConfig({ port, storeFolder, accounts }));
    const consumers = Object.values(before).flatMap(({ consumes }) => consumes);
    await setUpBroker({ natsUrl: server.url, user: 'setup', password: passwordOf('setup'), consumers });
    broker = new Broker(optionsOf(), Log.to({ service: 'auth', level: 'silent' }), health);
    // Its account for streams connects when it is first asked for.
    await until(async () => broker.connected && broker.account('streams').connected);
  });
  afterAll(async () => {
    await broker?.onApplicationShutdown();
    await server?.stop();
  });

  it('is ready with the consumers that it knew', async () => {
    const [known] = others;
    if (!known) throw new Error('auth has one consumer alone');
    await findConsumer(broker, known);
    expect(await health.ready()).toMatchObject({ ok: true });
  });

  it('is not ready with one that is new, and says which subject it may not use', async () => {
    if (!added) throw new Error('auth has no consumer');
    await expect(findConsumer(broker, added)).rejects.toThrow(
      `The broker does not permit $JS.API.CONSUMER.INFO.${added.stream}.${added.as} to auth`,
    );
    expect(await health.ready()).toMatchObject({ ok: false });
  });

  /** An app that calls these operations, the moment that its check is done. */
  const checked = async (calls: readonly string[]) => {
    const lines: string[] = [];
    const log = Log.to({ service: 'auth', sink: { write: (line: string) => void lines.push(line) } });
    const own = new Health();
    const uses = { calls: calls.map((subject) => ({ subject })) as unknown as AnyOperation[] };
    const calling = new Broker({ ...optionsOf(), uses }, log, own);
    const lacks = jest.spyOn(calling, 'lacks');
    const check = new PermissionCheck(calling, log);
    check.onApplicationBootstrap();
    await until(() => lacks.mock.calls.length === calls.length);
    const { ok } = await own.ready();
    check.onApplicationShutdown();
    await calling.onApplicationShutdown();
    return { ok, denied: lines.filter((line) => line.includes('deploy the broker permissions')) };
  };

  it('is ready with the calls that it knew, which are not made', async () => {
    const [known = ''] = knownCalls;
    const [service = ''] = known.split('.');
    const serving = await server.as(service, passwordOf(service), { inboxPrefix: `_INBOX_${service}` });
    const received: Msg[] = [];
    serving.subscribe(known, { queue: service, callback: (_error, message) => void received.push(message) });
    await serving.flush();
    expect(await checked(knownCalls)).toEqual({ ok: true, denied: [] });
    await serving.flush();
    expect(received.map(({ reply, headers }) => [reply, headers?.get('probe')])).toEqual([['', '1']]);
  });

  it('is not ready with a call that is new, and names it', async () => {
    const { ok, denied } = await checked([newCall, ...knownCalls]);
    expect(ok).toBe(false);
    expect(denied).toEqual([expect.stringContaining(`The broker does not permit ${newCall} to auth`)]);
  });
});

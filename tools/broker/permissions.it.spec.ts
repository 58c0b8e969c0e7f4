import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { setUpBroker } from '../broker-setup/set-up';
import { charging } from '../stack/apps';
import { brokerAccounts, PLATFORM } from '../stack/broker/users';
import { natsConfig, withPasswords } from '../stack/servers/nats-config';
import { consumers, everyRequest, imported, isOwn } from './test/every-request';
import { GuardedBroker, mayListen, mayPublish } from './test/guarded-broker';
import { uses } from './uses';

const accounts = brokerAccounts(uses, ['acme', 'volta']);
const users = accounts.flatMap((account) => account.users.map((one) => ({ ...one, account: account.name })));
const names = users.filter(({ account }) => account === PLATFORM).map(({ user }) => user);
const services = names.filter((name) =>
  users.some(({ user, subscribe }) => subscribe.includes(`${name}.> ${name}`) && user === name),
);
/** In an account of its own: what an app asks of JetStream, and charging back ends. */
const asking = users.filter(({ account }) => ![PLATFORM, 'OPERATORS'].includes(account));
const calls = (name: string): readonly string[] => uses[name]?.calls ?? [];

describe('the broker with one credential for each app', () => {
  let broker: GuardedBroker;
  const connections = new Map<string, NatsConnection>();
  const as = (name: string): NatsConnection => connections.get(name) as NatsConnection;

  beforeAll(async () => {
    const given = withPasswords(accounts, (owner) => `${owner}-secret`);
    broker = await GuardedBroker.start((port, storeFolder) => natsConfig({ port, storeFolder, accounts: given }));
    for (const { user, owner } of users) {
      connections.set(user, await broker.as(user, `${owner}-secret`, { inboxPrefix: `_INBOX_${owner}` }));
    }
    const wanted = { natsUrl: broker.url, user: 'setup', password: 'setup-secret' };
    await setUpBroker({ ...wanted, consumers: consumers });
    await setUpBroker({ ...wanted, consumers: consumers });
  });
  afterAll(() => broker.stop());

  it('knows every process of the platform and who talks to it from outside', () => {
    expect(services).toEqual(['auth', 'stations', 'workforce', 'orders', 'payouts', 'notifications', 'chargers']);
    expect(names).toEqual([...services, 'worker', 'gateway', 'operator', 'setup']);
    const readers = [...services, 'worker', 'gateway'].map((name) => `${name}-streams`);
    expect(asking.map(({ user }) => user)).toEqual([...readers, 'charging', 'charging-acme', 'charging-volta']);
    expect(new Set(asking.map(({ account }) => account)).size).toBe(asking.length);
  });

  it('lets nobody in without a credential, or with the password of another', async () => {
    await expect(broker.as('', '')).rejects.toThrow(/Authorization Violation/i);
    await expect(broker.as('gateway', 'auth-secret')).rejects.toThrow(/Authorization Violation/i);
  });

  it.each(names.filter((name) => calls(name).length > 0))(
    'brings every call of %s to its service and back',
    async (name) => {
      const account = (one: string): string => (name === 'operator' ? `${one}-operators` : one);
      const serving = calls(name)
        .map((subject) => subject.split('.'))
        .map(([service = '', resource]) =>
          as(account(service)).subscribe(`${service}.${resource}.*`, {
            queue: service,
            callback: (_error, message) => void message.respond('ok'),
          }),
        );
      await Promise.all(services.map((service) => as(account(service)).flush()));
      for (const subject of calls(name)) {
        const reply = `_INBOX_${name}.${subject.split('.')[0]}.x`;
        const answer = await as(account(name)).request(subject, '', { noMux: true, reply, timeout: 60_000 });
        expect(`${subject} ${answer.string()}`).toBe(`${subject} ok`);
      }
      serving.forEach((subscription) => subscription.unsubscribe());
    },
  );

  it.each(names)('lets %s call nothing else', async (name) => {
    const own = name === 'operator' ? [] : calls(name);
    const foreign = [...new Set(names.flatMap(calls))].filter((subject) => !own.includes(subject));
    for (const subject of foreign) {
      expect([subject, await mayPublish(as(name), subject)]).toEqual([subject, false]);
    }
  });

  it.each(names)('lets %s serve nobody but itself, and listen to nobody', async (name) => {
    for (const other of services.filter((service) => service !== name)) {
      for (const queue of [undefined, other, name]) {
        expect(await mayListen(as(name), `${other}.>`, queue)).toBe(false);
      }
      expect(await mayListen(as(name), `_INBOX_${other}.>`)).toBe(false);
    }
    for (const subject of [
      '>',
      '*.>',
      '_INBOX_*.>',
      '_INBOX.>',
      'facts.>',
      'charging.>',
      'dead.>',
      '$JS.>',
      '$SYS.>',
    ]) {
      expect([subject, await mayListen(as(name), subject)]).toEqual([subject, false]);
    }
  });

  it.each(services)('lets %s answer only in the part of an inbox that is its own', async (name) => {
    for (const caller of names.filter((one) => one !== name)) {
      for (const other of services.filter((one) => one !== name)) {
        expect(await mayPublish(as(name), `_INBOX_${caller}.${other}.x`)).toBe(false);
      }
      expect(await mayPublish(as(name), `_INBOX_${caller}.x`)).toBe(false);
    }
  });

  it.each(services)('lets %s serve only as a member of its queue group', async (name) => {
    expect(await mayListen(as(name), `${name}.>`, name)).toBe(true);
    expect(await mayListen(as(name), `${name}.>`)).toBe(false);
    expect(await mayListen(as(name), `${name}.>`, 'spies')).toBe(false);
  });

  it.each(services)('lets %s tell its own facts, and nobody else’s', async (name) => {
    await expect(jetstream(as(name)).publish(`facts.${name}.things.changed.1`, '{}')).resolves.toMatchObject({
      stream: 'FACTS',
    });
    for (const other of services.filter((service) => service !== name)) {
      expect(await mayPublish(as(name), `facts.${other}.things.changed.1`)).toBe(false);
    }
    // Chargers are a charging back end of the platform itself.
    expect(await mayPublish(as(name), 'charging.session.started')).toBe(name === 'chargers');
    expect(await mayPublish(as(name), 'charging.feedback.submitted')).toBe(false);
  });

  it.each(consumers)('lets $name keep its consumer $as', async ({ name, as: consumer, stream, filter }) => {
    const subject = filter.replace(/[>*]$/, 'x');
    const teller = services.find((service) => filter.startsWith(`facts.${service}.`)) ?? charging.name;
    await jetstream(as(teller)).publish(subject, consumer);
    const found = await jetstream(as(`${name}-streams`), imported).consumers.get(stream, consumer);
    const message = await found.next({ expires: 2000 });
    expect(message?.subject).toMatch(new RegExp(`^${filter.replace(/[>*]$/, '')}`));
    expect(await message?.ackAck()).toBe(true);
    await jetstream(as(name)).publish(`dead.${consumer}.${subject}`, '');
  });

  it.each(names.filter((name) => name !== 'setup'))(
    'lets %s ask nothing of JetStream among the calls',
    async (name) => {
      // Operators replay dead letters, start again after a restore, and read the state of streams and consumers.
      const staff =
        /^(INFO|STREAM\.INFO\..*|CONSUMER\.(LIST|INFO)\..*|STREAM\.MSG\.(GET|DELETE)\.DEAD|STREAM\.DELETE\.FACTS|CONSUMER\.DELETE\.CHARGING.*)$/;
      for (const subject of everyRequest.filter((one) => name !== 'operator' || !staff.test(one))) {
        expect([subject, await mayPublish(as(name), `$JS.API.${subject}`)]).toEqual([subject, false]);
      }
      for (const { stream, as: consumer } of consumers) {
        const subject = `$JS.ACK.${stream}.${consumer}.1.1.1.1.0`;
        expect([subject, await mayPublish(as(name), subject)]).toEqual([subject, false]);
      }
    },
  );

  it.each(asking.map(({ user }) => user))(
    'lets %s ask for single things of its own, and of nobody else’s',
    async (user) => {
      const { publish = [] } = asking.find((one) => one.user === user) ?? {};
      const own = isOwn(publish);
      expect(publish.filter((subject) => /CREATE|UPDATE|DELETE|SNAPSHOT|RESTORE/.test(subject))).toEqual([]);
      for (const request of everyRequest) {
        for (const subject of [`$JS.API.${request}`, `streams.API.${request}`]) {
          if (!own(subject)) expect([subject, await mayPublish(as(user), subject)]).toEqual([subject, false]);
        }
      }
      const others = asking.filter((one) => one.user !== user).flatMap((one) => one.publish);
      for (const subject of others
        .map((one) => one.replace('*.*', 'x.y').replace('>', 'x'))
        .filter((one) => !own(one))) {
        expect([subject, await mayPublish(as(user), subject)]).toEqual([subject, false]);
      }
    },
  );

  it('adds the name of a back end to what it tells, and lets nobody say another name', async () => {
    const told = async (): Promise<Record<string, number>> => {
      const { streams } = await jetstreamManager(as('setup'));
      return (await streams.info('CHARGING', { subjects_filter: 'charging.names.>' })).state.subjects ?? {};
    };
    for (const user of ['charging', 'charging-acme', 'charging-volta']) {
      await expect(jetstream(as(user)).publish('charging.names.told', user)).resolves.toMatchObject({
        stream: 'CHARGING',
      });
      for (const subject of ['charging.names.told.acme', 'charging.names.told.volta', 'charging.names']) {
        expect([user, subject, await mayPublish(as(user), subject)]).toEqual([user, subject, false]);
      }
    }
    expect(await told()).toEqual({
      'charging.names.told': 1,
      'charging.names.told.acme': 1,
      'charging.names.told.volta': 1,
    });
  });

  it('has what JetStream answers delivered in the account of who asked alone', async () => {
    const staff = await jetstreamManager(as('setup'));
    const before = await staff.streams.info('OBJ_exports');
    const heard: string[] = [];
    const callback = (_error: Error | null, { subject }: { subject: string }): void => void heard.push(subject);
    const listening = [
      as('auth').subscribe('auth.>', { queue: 'auth', callback }),
      as('gateway').subscribe('facts.auth.users.changed.*', { callback }),
      as('gateway').subscribe('_INBOX_gateway.>', { callback }),
    ];
    await Promise.all([as('auth').flush(), as('gateway').flush()]);
    // What it would do if the broker believed that it came from a client.
    const config = JSON.stringify({ ...before.config, republish: { src: '>', dest: 'auth.members.invite' } });
    const { seq } = await jetstream(as('gateway-streams')).publish('$O.UPLOADS.C.x', config);
    await jetstream(as('charging')).publish('charging.session.started', '{}');
    const requests: [string, string, string][] = [
      ['gateway-streams', 'streams.API.DIRECT.GET.OBJ_UPLOADS', JSON.stringify({ seq })],
      ['gateway-streams', 'streams.API.STREAM.INFO.OBJ_UPLOADS', ''],
      ['gateway-streams', '$O.UPLOADS.C.y', ''],
      ['orders-streams', 'streams.API.CONSUMER.MSG.NEXT.CHARGING.orders-sessions', '{"batch":1,"no_wait":true}'],
      ['orders-streams', 'streams.API.CONSUMER.INFO.CHARGING.orders-sessions', ''],
      ['charging', 'charging.session.started', '{}'],
    ];
    const elsewhere = [
      'auth.members.invite',
      'facts.auth.users.changed.1',
      'dead.orders-sessions.x',
      '_INBOX_gateway.auth.x',
      '$O.exports.C.x',
      '$JS.API.STREAM.UPDATE.OBJ_exports',
      '$JS.API.STREAM.PURGE.DEAD',
    ];
    const counted = async (): Promise<unknown> =>
      Promise.all(
        ['FACTS', 'DEAD', 'OBJ_exports'].map(async (name) => (await staff.streams.info(name)).state.messages),
      );
    const messages = await counted();
    for (const [user, subject, body] of requests) {
      for (const reply of elsewhere) as(user).publish(subject, body, { reply });
      await as(user).flush();
      // What is asked last is answered last.
      await as(user).request(subject, body);
    }
    await Promise.all([as('auth').flush(), as('gateway').flush()]);
    expect(heard).toEqual([]);
    expect((await staff.streams.info('OBJ_exports')).config).toEqual(before.config);
    expect(await counted()).toEqual(messages);
    await Promise.all(listening.map((one) => one.drain()));
  });
});

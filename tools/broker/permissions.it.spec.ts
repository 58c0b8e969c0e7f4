import { AckPolicy, type NatsConnection } from 'nats';
import { charging, credentials } from '../stack/apps';
import uses from '../stack/broker/uses.json';
import { natsConfig } from '../stack/servers/nats-config';
import { GuardedBroker, mayListen, mayPublish } from './test/guarded-broker';

const users = credentials().map((app) => ({ ...app, password: `${app.name}-secret` }));
const names = users.map(({ name }) => name);
const services = names.filter((name) =>
  users.some((user) => user.subscribe.includes(`${name}.> ${name}`) && user.name === name),
);
const all: Record<
  string,
  { calls: string[]; watches: string[]; consumes: { as: string; stream: string; filter: string }[] }
> = uses;
const calls = (name: string): string[] => all[name]?.calls ?? [];

describe('the broker with one credential for each app', () => {
  let broker: GuardedBroker;
  const connections = new Map<string, NatsConnection>();
  const as = (name: string): NatsConnection => connections.get(name) as NatsConnection;

  beforeAll(async () => {
    broker = await GuardedBroker.start((port, storeFolder) => natsConfig({ port, storeFolder, users }));
    for (const name of names) connections.set(name, await broker.as(name, `${name}-secret`));
    const manager = await as('stations').jetstreamManager();
    await manager.streams.add({ name: 'FACTS', subjects: ['facts.>'] });
    await manager.streams.add({ name: 'CHARGING', subjects: ['charging.>'] });
    await manager.streams.add({ name: 'DEAD', subjects: ['dead.>'] });
  });
  afterAll(() => broker.stop());

  it('knows every process of the platform and who talks to it from outside', () => {
    expect(services).toEqual(['auth', 'stations', 'workforce', 'orders', 'payouts', 'notifications']);
    expect(names).toEqual([...services, 'worker', 'gateway', 'operator', 'charging']);
  });

  it('lets nobody in without a credential, or with the password of another', async () => {
    await expect(broker.as('', '')).rejects.toThrow(/Authorization Violation/i);
    await expect(broker.as('gateway', 'auth-secret')).rejects.toThrow(/Authorization Violation/i);
  });

  it.each(names.filter((name) => calls(name).length > 0))(
    'brings every call of %s to its service and back',
    async (name) => {
      const serving = services.map((service) =>
        as(service).subscribe(`${service}.>`, {
          queue: service,
          callback: (_error, message) => void message.respond('ok'),
        }),
      );
      await Promise.all(services.map((service) => as(service).flush()));
      for (const subject of calls(name)) {
        expect(`${subject} ${(await as(name).request(subject)).string()}`).toBe(`${subject} ok`);
      }
      serving.forEach((subscription) => subscription.unsubscribe());
    },
  );

  it.each(names)('lets %s call nothing else', async (name) => {
    const foreign = [...new Set(names.flatMap(calls))].filter((subject) => !calls(name).includes(subject));
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

  it.each(services)('lets %s serve only as a member of its queue group', async (name) => {
    expect(await mayListen(as(name), `${name}.>`, name)).toBe(true);
    expect(await mayListen(as(name), `${name}.>`)).toBe(false);
    expect(await mayListen(as(name), `${name}.>`, 'spies')).toBe(false);
  });

  it.each(services)('lets %s tell its own facts, and nobody else’s', async (name) => {
    await expect(as(name).jetstream().publish(`facts.${name}.things.changed.1`, '{}')).resolves.toMatchObject({
      stream: 'FACTS',
    });
    for (const other of services.filter((service) => service !== name)) {
      expect(await mayPublish(as(name), `facts.${other}.things.changed.1`)).toBe(false);
    }
    expect(await mayPublish(as(name), 'charging.session.started')).toBe(false);
  });

  const consumers = Object.entries(all).flatMap(([name, { consumes }]) => consumes.map((one) => ({ name, ...one })));
  it.each(consumers)('lets $name keep its consumer $as', async ({ name, as: consumer, stream, filter }) => {
    const subject = filter.replace(/[>*]$/, 'x');
    const teller = services.find((service) => filter.startsWith(`facts.${service}.`)) ?? charging.name;
    await as(teller).jetstream().publish(subject, consumer);
    const manager = await as(name).jetstreamManager();
    const wanted = { durable_name: consumer, filter_subject: filter, ack_policy: AckPolicy.Explicit };
    await manager.consumers.add(stream, wanted);
    const found = await as(name).jetstream().consumers.get(stream, consumer);
    const message = await found.next({ expires: 2000 });
    expect(message?.subject).toMatch(new RegExp(`^${filter.replace(/[>*]$/, '')}`));
    expect(await message?.ackAck()).toBe(true);
    await as(name).jetstream().publish(`dead.${consumer}.${subject}`, '');
  });

  it.each(names)('keeps %s from reading, changing or emptying what is stored', async (name) => {
    const verbs = ['UPDATE', 'DELETE', 'PURGE', 'SNAPSHOT', 'RESTORE'];
    const asked = [
      ...['FACTS', 'CHARGING', 'DEAD'].flatMap((stream) => verbs.map((verb) => `STREAM.${verb}.${stream}`)),
      ...['FACTS', 'CHARGING'].flatMap((stream) => [`STREAM.MSG.GET.${stream}`, `DIRECT.GET.${stream}`]),
      ...['FACTS', 'CHARGING', 'DEAD'].flatMap((stream) => [
        `STREAM.MSG.DELETE.${stream}`,
        `CONSUMER.CREATE.${stream}`,
      ]),
      ...consumers
        .filter((one) => one.name !== name)
        .flatMap(({ stream, as: consumer, filter }) => [
          `CONSUMER.MSG.NEXT.${stream}.${consumer}`,
          `CONSUMER.DELETE.${stream}.${consumer}`,
          `CONSUMER.CREATE.${stream}.${consumer}.${filter}`,
        ]),
      ...consumers.map(({ stream, as: consumer }) => `CONSUMER.CREATE.${stream}.${consumer}`),
      ...consumers.map(({ stream, as: consumer }) => `CONSUMER.CREATE.${stream}.${consumer}.facts.auth.>`),
      'STREAM.CREATE.SPY',
    ];
    // Staff replay dead letters, and begin anew after a backup was restored.
    const staff = /^(STREAM\.MSG\.DELETE\.DEAD|STREAM\.DELETE\.FACTS|CONSUMER\.DELETE\.CHARGING\..+)$/;
    for (const subject of asked.filter((one) => name !== 'operator' || !staff.test(one))) {
      expect([subject, await mayPublish(as(name), `$JS.API.${subject}`)]).toEqual([subject, false]);
    }
  });
});

import { Controller } from '@nestjs/common';
import {
  type HandlersOf,
  outboxOf,
  type Replayed,
  type ReplayFacts,
  type Resent,
  type UnsentEvent,
} from '@open-cpo/contracts';
import { Handles } from '@open-cpo/messaging';
import { startTestService, type TestBroker, testBroker, type TestService } from '@open-cpo/testing';
import { AckPolicy, connect, type NatsConnection } from 'nats';
import { apps } from '../stack/apps';
import { operator } from './operator';

const services = apps.filter(({ database }) => database).map(({ name }) => name);
const asked: string[] = [];

/** An outbox that holds 2000 facts and 7 more. */
function outboxWithFacts(service: string) {
  const outbox = outboxOf(service);

  @Controller()
  class Outbox implements HandlersOf<typeof outbox> {
    @Handles(outbox.unsent)
    async unsent(): Promise<UnsentEvent[]> {
      return [];
    }

    @Handles(outbox.resend)
    async resend(): Promise<Resent> {
      return { id: 1 };
    }

    @Handles(outbox.replay)
    async replay({ after, by }: ReplayFacts): Promise<Replayed> {
      asked.push(`${service} ${after ?? 'begin'} ${by.includes('@')}`);
      return after ? { rows: 7, next: null } : { rows: 2000, next: 2310 };
    }
  }
  return { outbox, module: { module: class {}, controllers: [Outbox] } };
}

describe('npm run operator -- facts', () => {
  let broker: TestBroker;
  let nats: NatsConnection;
  const running: TestService[] = [];
  beforeAll(async () => {
    broker = await testBroker();
    nats = await connect({ servers: broker.url });
    for (const name of services) {
      const { outbox, module } = outboxWithFacts(name);
      running.push(await startTestService({ broker, module, serves: [outbox], name }));
    }
  });
  afterAll(async () => {
    for (const service of running) await service.stop();
    await nats?.close();
    await broker?.stop();
  });

  const run = (...args: string[]) => operator(['facts', ...args], { natsUrl: broker.url });

  it('replay has every service tell all that it keeps, a part at a time', async () => {
    const { code, out = '' } = await run('replay', '--json');
    expect([code, JSON.parse(out)]).toEqual([0, services.map((service) => ({ service, facts: 2007 }))]);
    expect(asked).toEqual(services.flatMap((name) => [`${name} begin true`, `${name} 2310 true`]));
  });

  it('reset says so when there is nothing to forget', async () => {
    const out = '0 facts are forgotten; 0 consumers read charging events from the first.';
    expect(await run('reset')).toEqual({ code: 0, out });
  });

  it('reset forgets facts, and keeps what charging back ends told for consumers that begin anew', async () => {
    const manager = await nats.jetstreamManager();
    await manager.streams.add({ name: 'FACTS', subjects: ['facts.>'] });
    await manager.streams.add({ name: 'CHARGING', subjects: ['charging.>'] });
    await manager.streams.add({ name: 'DEAD', subjects: ['dead.>'] });
    for (const subject of ['facts.auth.users.changed.1', 'charging.session.started', 'dead.x.facts.a.1'])
      await nats.jetstream().publish(subject, '{}');
    for (const durable_name of ['orders-sessions', 'stations-connectors'])
      await manager.consumers.add('CHARGING', { durable_name, ack_policy: AckPolicy.Explicit });
    const out = '1 facts are forgotten; 2 consumers read charging events from the first.';
    expect(await run('reset')).toEqual({ code: 0, out });
    expect(
      (await manager.streams.list().next()).map(({ config, state }) => [config.name, state.messages]).sort(),
    ).toEqual([
      ['CHARGING', 1],
      ['DEAD', 1],
    ]);
    expect(await manager.consumers.list('CHARGING').next()).toEqual([]);
  });
});

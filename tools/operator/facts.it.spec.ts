import { Controller } from '@nestjs/common';
import {
  type AuditPart,
  type FailingItem,
  type HandlersOf,
  outboxOf,
  type ProveAudit,
  type Replayed,
  type ReplayFacts,
  type Resent,
  type UnsentEvent,
  type WaitingEvent,
} from '@open-cpo/contracts';
import { Handles } from '@open-cpo/messaging';
import { startTestService, type TestBroker, testBroker, type TestService } from '@open-cpo/testing';
import { AckPolicy, jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { apps } from '../stack/apps';
import { operator } from './operator';

const services = apps.filter(({ database }) => database).map(({ name }) => name);
const asked: string[] = [];

/** What the proof of a service's audit log finds in its second part. */
let discrepancy: string | null = null;

/** An outbox that holds 2000 events and 7 more, and an audit log of two parts. */
function outboxWithFacts(service: string) {
  const outbox = outboxOf(service);

  @Controller()
  class Outbox implements HandlersOf<typeof outbox> {
    @Handles(outbox.unsent)
    async unsent(): Promise<UnsentEvent[]> {
      return [];
    }

    @Handles(outbox.parked)
    async parked(): Promise<WaitingEvent[]> {
      return [];
    }

    @Handles(outbox.failing)
    async failing(): Promise<FailingItem[]> {
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

    @Handles(outbox.proveAudit)
    async proveAudit({ chain, seq }: ProveAudit): Promise<AuditPart> {
      const end = { next_chain: null, next_seq: null, heads: discrepancy ? null : '1:2003:ab' };
      if (chain === 1 && seq === 2000) return { entries: 3, discrepancy, ...end };
      return { entries: 2000, discrepancy: null, next_chain: 1, next_seq: 2000, heads: null };
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

  it('audit prove goes through the log of every service, and fails with the first thing that does not agree', async () => {
    const prove = () => operator(['audit', 'prove', '--json'], { natsUrl: broker.url });
    const { code, out = '' } = await prove();
    const all = services.map((service) => ({ service, entries: 2003, heads: '1:2003:ab' }));
    expect([code, JSON.parse(out)]).toEqual([0, all]);
    discrepancy = 'entry 2002 of chain 1 (id 7) was changed';
    await expect(prove()).rejects.toThrow('does not agree: entry 2002 of chain 1 (id 7) was changed');
    discrepancy = null;
  });

  it('reset says so when there is nothing to forget', async () => {
    const out = '0 facts are forgotten; 0 consumers read charging events from the first.';
    expect(await run('reset')).toEqual({ code: 0, out });
  });

  it('reset forgets facts, and keeps what charging back ends told for consumers that begin anew', async () => {
    const manager = await jetstreamManager(nats);
    await manager.streams.add({ name: 'FACTS', subjects: ['facts.>'] });
    await manager.streams.add({ name: 'CHARGING', subjects: ['charging.>'] });
    await manager.streams.add({ name: 'DEAD', subjects: ['dead.>'] });
    for (const subject of ['facts.auth.users.changed.1', 'charging.session.started', 'dead.x.facts.a.1'])
      await jetstream(nats).publish(subject, '{}');
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

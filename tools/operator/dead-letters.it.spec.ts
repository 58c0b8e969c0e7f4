import { type TestBroker, testBroker } from '@open-cpo/testing';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect, headers, type NatsConnection } from '@nats-io/transport-node';
import { deadLetter, deadLetters, replay, replayCorrected } from './dead-letters';
import { operator } from './operator';

const SUBJECT = 'facts.auth.currencies.rates-changed.all';

describe('dead letters', () => {
  let broker: TestBroker;
  let nats: NatsConnection;

  beforeEach(async () => {
    broker = await testBroker();
    nats = await connect({ servers: broker.url });
  });

  afterEach(async () => {
    await nats.close();
    await broker.stop();
  });

  const run = (...args: string[]) => operator(args, { natsUrl: broker.url });
  const streams = async () => {
    const { streams: all } = await jetstreamManager(nats);
    await all.add({ name: 'FACTS', subjects: ['facts.>'], duplicate_window: 10 * 60 * 1_000_000_000 });
    await all.add({ name: 'DEAD', subjects: ['dead.>'] });
  };
  const die = (consumer: string, eventId: string, payload = '{"revision":2}') => {
    const head = headers();
    head.set('event-id', eventId);
    head.set('occurred-at', '2025-05-12T00:00:00.000Z');
    head.set('reason', 'Error: no such currency');
    const options = { headers: head, msgID: `${consumer}-${eventId}` };
    return jetstream(nats).publish(`dead.${consumer}.${SUBJECT}`, payload, options);
  };

  it('are none where no stream is', async () => {
    expect(await deadLetters(nats, 10)).toEqual([]);
    expect(await run('dead-letters', 'list')).toEqual({ code: 0, out: 'None.' });
  });

  it('tell who could not digest what, and why', async () => {
    await streams();
    await die('stations-rates', 'e1');
    await die('orders-rates', 'e1');
    expect(await deadLetters(nats, 10)).toMatchObject([
      { number: 1, consumer: 'stations-rates', subject: SUBJECT, eventId: 'e1', reason: 'Error: no such currency' },
      { number: 2, consumer: 'orders-rates', subject: SUBJECT, payload: '{"revision":2}' },
    ]);
    expect(await deadLetters(nats, 1)).toHaveLength(1);
    expect(await deadLetters(nats, 1, { after: 1 })).toMatchObject([{ number: 2 }]);
    expect(await deadLetters(nats, 1, { consumer: 'orders-rates' })).toMatchObject([{ number: 2 }]);
    const { out = '' } = await run('dead-letters', 'list', '--consumer', 'orders-rates', '--json');
    expect(JSON.parse(out)).toMatchObject([{ number: 2, consumer: 'orders-rates' }]);
  });

  it('are listed with the beginning of a long payload, which is shown whole by itself', async () => {
    await streams();
    const payload = JSON.stringify({ note: 'x'.repeat(100_000) });
    await die('stations-rates', 'e1', payload);
    const { out: listed = '' } = await run('dead-letters', 'list');
    expect(listed).toContain(`${payload.slice(0, 300)}…`);
    expect(listed.length).toBeLessThan(2000);
    expect(await run('dead-letters', 'show', '1')).toEqual({ code: 0, out: payload });
    const { out: json = '' } = await run('dead-letters', 'list', '--json');
    expect(JSON.parse(json)).toMatchObject([{ payload }]);
  });

  it('are told again under their own id and are dead no more', async () => {
    await streams();
    await die('stations-rates', 'e1');
    await die('stations-rates', 'e2');
    expect(await run('dead-letters', 'replay', '1')).toEqual({
      code: 0,
      out: `${SUBJECT} is told again; stations-rates gets another chance.`,
    });
    const { streams: all } = await jetstreamManager(nats);
    const told = await all.getMessage('FACTS', { last_by_subj: SUBJECT });
    expect(told?.header.get('Nats-Msg-Id')).toBe('e1');
    expect(told?.header.get('occurred-at')).toBe('2025-05-12T00:00:00.000Z');
    expect(told?.string()).toBe('{"revision":2}');
    expect(await deadLetters(nats, 10)).toMatchObject([{ number: 2, eventId: 'e2' }]);
  });

  it('stay dead while the stream would take the second telling for the first', async () => {
    await streams();
    await jetstream(nats).publish(SUBJECT, '{"revision":2}', { msgID: 'e1' });
    await die('stations-rates', 'e1');
    await expect(replay(nats, 1)).rejects.toMatchObject({ code: 'conflict' });
    expect(await deadLetters(nats, 10)).toHaveLength(1);
  });

  it('of charging back ends are told in other words once these are right, under an id of their own', async () => {
    const { streams: all } = await jetstreamManager(nats);
    await all.add({ name: 'DEAD', subjects: ['dead.>'] });
    await all.add({ name: 'CHARGING', subjects: ['charging.>'] });
    const head = headers();
    head.set('event-id', 'e7');
    await jetstream(nats).publish('dead.orders-sessions.charging.session.completed', '{}', { headers: head });
    const letter = await deadLetter(nats, 1);
    const wrong = JSON.stringify({ version: 1, session_id: 's', time: '2026-02-30T10:00:00Z' });
    await expect(replayCorrected(nats, letter, wrong)).rejects.toMatchObject({ fields: { time: [expect.anything()] } });
    const right = JSON.stringify({ version: 1, session_id: 's', time: '2026-02-28T10:00:00Z' });
    await replayCorrected(nats, letter, right);
    const told = await all.getMessage('CHARGING', { last_by_subj: 'charging.session.completed' });
    expect(told?.header.get('Nats-Msg-Id')).toBe('e7-corrected-1');
    expect(told?.string()).toBe(right);
    expect(await deadLetters(nats, 10)).toEqual([]);
  });

  it('that there are not cannot be replayed', async () => {
    expect(await run('dead-letters', 'replay', '9')).toEqual({
      code: 1,
      error: 'Refused (not_found): There is no dead letter 9.',
    });
    await streams();
    expect((await run('dead-letters', 'replay', '9')).code).toBe(1);
  });
});

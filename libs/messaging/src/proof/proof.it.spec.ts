import { Refusal } from '@open-cpo/contracts';
import { Log, type LogFields } from '@open-cpo/platform';
import { asUser, startTestApp, stopTestApp, type TestBroker, testBroker, until } from '@open-cpo/testing';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect, type MsgHdrs, type Msg, MsgHdrsImpl, type NatsConnection } from '@nats-io/transport-node';
import { Acts, DepotModule, parcels } from '../fixture/depot';
import { requestHeaders } from '../wire';
import { CallKeys } from './call-keys';

const { subject } = parcels.drop;
const body = Buffer.from('{"text":"mine"}');

/** Without a broker's permissions in between: what is not proven is refused by the service itself. */
describe('a call that is not proven', () => {
  let broker: TestBroker;
  let app: Awaited<ReturnType<typeof startTestApp>>;
  let nats: NatsConnection;
  let done = 0;
  const lines: LogFields[] = [];
  const acts = new Acts();
  acts.drop = async () => void (done += 1);

  beforeAll(async () => {
    broker = await testBroker();
    const sink = { write: (line: string) => void lines.push(JSON.parse(line) as LogFields) };
    const log = Log.to({ service: 'depot', sink });
    app = await startTestApp({ broker, module: DepotModule.doing(acts), serves: [parcels], log });
    nats = await connect({ servers: broker.url });
  });
  beforeEach(() => void (done = 0));
  afterAll(async () => {
    await nats.close();
    await stopTestApp(app);
    await broker.stop();
  });

  const signed = (from = 'client', change: { subject?: string; body?: Buffer } = {}) => {
    const operation = { subject: change.subject ?? subject, service: 'depot' };
    const call = { caller: asUser(), deadline: Date.now() + 10_000, body: change.body ?? body };
    const head = requestHeaders({ keys: CallKeys.read(), from, operation, ...call }) as unknown as MsgHdrsImpl;
    return MsgHdrsImpl.decode(head.encode());
  };

  /** What comes back on an inbox of an app for answers of the service. */
  async function answerTo(head: MsgHdrs, app_ = 'client'): Promise<Msg> {
    const reply = `_INBOX_${app_}.depot.x`;
    const subscription = nats.subscribe(reply, { max: 1, timeout: 60_000 });
    nats.publish(subject, body, { headers: head, reply });
    for await (const message of subscription) return message;
    throw new Error('no answer');
  }
  const dropped = (): number => lines.filter(({ msg }) => msg === 'Call dropped: nobody waits for it').length;
  const refusalOf = (message: Msg): unknown => Refusal.fromWire(message.json()).kind;

  it('is done when it is signed by the app that waits for the answer', async () => {
    expect((await answerTo(signed())).headers?.has('refusal')).not.toBe(true);
    expect(done).toBe(1);
  });

  it('is refused when the signature is missing, of another app, operation or body, or anything changed', async () => {
    const unsigned = signed();
    unsigned.delete('signature');
    const elevated = signed();
    elevated.set('caller', elevated.get('caller').replace('"userId":1', '"userId":2'));
    const longer = signed();
    longer.set('deadline', String(Date.now() + 60_000));
    const forged = [unsigned, elevated, longer, signed('other'), signed('client', { subject: 'depot.parcels.store' })];
    for (const head of [...forged, signed('client', { body: Buffer.from('{"text":"yours"}') })]) {
      expect(refusalOf(await answerTo(head))).toBe('unavailable');
    }
    expect(refusalOf(await answerTo(signed(), 'other'))).toBe('unavailable');
    expect(done).toBe(0);
  });

  it('is dropped when its answer would be a message in the name of the service', async () => {
    const heard: string[] = [];
    nats.subscribe('facts.>', { callback: (_error, message) => void heard.push(message.subject) });
    const replies = [undefined, 'facts.depot.things.changed.1', '_INBOX_client.other.x'];
    for (const reply of replies) nats.publish(subject, body, { headers: signed(), reply });
    await until(() => dropped() === replies.length);
    // What an app checks at start is dropped without a line of the log.
    const probe = signed();
    probe.set('probe', '1');
    nats.publish(subject, body, { headers: probe });
    await nats.flush();
    await answerTo(signed());
    expect([done, heard, dropped()]).toEqual([1, [], replies.length]);
    done = 0;
  });

  it('is dropped when the broker delivers it from a stream, signed as it may be', async () => {
    const manager = await jetstreamManager(nats);
    await manager.streams.add({ name: 'PIECES', subjects: ['pieces.>'], allow_direct: true });
    await jetstream(nats).publish('pieces.1', body, { headers: signed() });
    const before = dropped();
    nats.publish('$JS.API.DIRECT.GET.PIECES', '{"seq":1}', { reply: subject });
    await manager.consumers.add('PIECES', { durable_name: 'pull', ack_policy: 'explicit' });
    nats.publish('$JS.API.CONSUMER.MSG.NEXT.PIECES.pull', '{"batch":1}', { reply: subject });
    await manager.consumers.add('PIECES', {
      deliver_subject: subject,
      deliver_group: 'depot',
      ack_policy: 'none',
    });
    await until(() => dropped() === before + 3);
    expect(done).toBe(0);
  });
});

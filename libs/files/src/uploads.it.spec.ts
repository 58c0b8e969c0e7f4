import { jetstreamManager } from '@nats-io/jetstream';
import { Objm } from '@nats-io/obj';
import { Refusal } from '@open-cpo/contracts';
import { startTestClient, type TestBroker, testBroker, until } from '@open-cpo/testing';
import { Broker } from '@open-cpo/messaging';
import { chunks } from './fixture/bytes';
import { type Uploader, Uploads } from './uploads';

describe('a file on its way from the edge to a service', () => {
  let broker: TestBroker;
  let client: Awaited<ReturnType<typeof startTestClient>>;
  let uploads: Uploads;
  const owner = 'account 1';
  const keep = (text: string, uploader: Uploader = { owner }) =>
    uploads.keep(chunks(Buffer.from(text), 65_536), uploader);

  beforeAll(async () => {
    broker = await testBroker();
    client = await startTestClient(broker);
    uploads = new Uploads(client.app.get(Broker));
  });
  afterAll(async () => {
    await client?.stop();
    await broker?.stop();
  });

  it.each([0, 1, 131_072, 10 * 1024 * 1024])('of %i bytes arrives as it was', async (size) => {
    const bytes = Buffer.alloc(size, 'passport');
    const file = await uploads.keep(chunks(bytes, 65_536), { owner });
    expect(file.size).toBe(size);
    expect(bytes.equals(await uploads.fetch(file))).toBe(true);
  });

  it('lies encrypted, under a name that tells nothing', async () => {
    const file = await keep('the passport of John');
    const store = await new Objm(client.app.get(Broker).connection()).open('UPLOADS');
    const stored = Buffer.from((await store.getBlob(file.object)) ?? []);
    expect(stored.toString('latin1')).not.toContain('passport');
    expect(file.object).toMatch(/^[0-9a-f]{64}$/);
  });

  it('has the same reference when it is sent again with its idempotency key, and only then', async () => {
    const again = { owner, idempotencyKey: 'once' };
    expect(await keep('a', again)).toEqual(await keep('a', again));
    const others = [again, { owner }, { owner }, { ...again, owner: 'account 2' }, { owner, idempotencyKey: 'twice' }];
    const files = await Promise.all(others.map((uploader) => keep('a', uploader)));
    expect(new Set(files.map(({ object }) => object)).size).toBe(5);
    expect(new Set(files.map(({ key }) => key)).size).toBe(5);
  });

  it('is not taken for another one that was sent with the same idempotency key', async () => {
    const again = { owner, idempotencyKey: 'mixed up' };
    const [first, second] = [await keep('a', again), await keep('b', again)];
    expect(first).not.toEqual(second);
    await expect(uploads.fetch(first)).rejects.toMatchObject({ code: 'service_unavailable' });
    expect(Buffer.from(await uploads.fetch(second)).toString()).toBe('b');
  });

  it('that breaks off leaves nothing behind', async () => {
    const stored = async () => {
      const manager = await jetstreamManager(client.app.get(Broker).connection());
      return (await manager.streams.info('OBJ_UPLOADS')).state.messages;
    };
    const before = await stored();
    async function* breaking(): AsyncGenerator<Uint8Array> {
      yield* chunks(Buffer.alloc(1_000_000, 7), 65_536);
      throw new Refusal('payload_too_large');
    }
    await expect(uploads.keep(breaking(), { owner })).rejects.toMatchObject({ code: 'payload_too_large' });
    expect(await stored()).toBe(before);
  });

  it('can be sent again when it is gone, or the key is not its own', async () => {
    const file = await keep('a');
    const unavailable = { code: 'service_unavailable' };
    await expect(uploads.fetch({ ...file, object: 'f'.repeat(64) })).rejects.toMatchObject(unavailable);
    await expect(uploads.fetch({ ...file, key: Buffer.alloc(32).toString('base64') })).rejects.toMatchObject(
      unavailable,
    );
    await expect(uploads.fetch({ ...file, key: 'short' })).rejects.toMatchObject(unavailable);
  });

  it('is refused while the broker is away', async () => {
    await broker.kill();
    await expect(keep('a')).rejects.toMatchObject({ code: 'service_unavailable' });
    await broker.restart();
    await until(() => client.app.get(Broker).connected, 'the connection to be back');
  });
});

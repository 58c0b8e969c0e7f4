import { startTestClient, type TestBroker, testBroker, until } from '@open-cpo/testing';
import { Broker } from '../broker';
import { Uploads } from './uploads';

describe('a file on its way from the edge to a service', () => {
  let broker: TestBroker;
  let client: Awaited<ReturnType<typeof startTestClient>>;
  let uploads: Uploads;

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
    const file = await uploads.keep(bytes, 'account 1');
    expect(file.size).toBe(size);
    expect(bytes.equals(await uploads.fetch(file))).toBe(true);
  });

  it('lies encrypted, under a name that tells nothing', async () => {
    const file = await uploads.keep(Buffer.from('the passport of John'), 'account 1');
    const store = await client.app.get(Broker).connection().jetstream().views.os('UPLOADS');
    const stored = Buffer.from((await store.getBlob(file.object)) ?? []);
    expect(stored.toString('latin1')).not.toContain('passport');
    expect(file.object).toMatch(/^[0-9a-f]{64}$/);
  });

  it('has the same reference when it is sent again, and another for another owner or content', async () => {
    const keep = (text: string, owner: string) => uploads.keep(Buffer.from(text), owner);
    expect(await keep('a', 'account 1')).toEqual(await keep('a', 'account 1'));
    const objects = await Promise.all([keep('a', 'account 1'), keep('a', 'account 2'), keep('b', 'account 1')]);
    expect(new Set(objects.map(({ object }) => object)).size).toBe(3);
  });

  it('can be sent again when it is gone, or the key is not its own', async () => {
    const file = await uploads.keep(Buffer.from('a'), 'account 1');
    const unavailable = { code: 'service_unavailable' };
    await expect(uploads.fetch({ ...file, object: 'f'.repeat(64) })).rejects.toMatchObject(unavailable);
    await expect(uploads.fetch({ ...file, key: Buffer.alloc(32).toString('base64') })).rejects.toMatchObject(
      unavailable,
    );
    await expect(uploads.fetch({ ...file, key: 'short' })).rejects.toMatchObject(unavailable);
  });

  it('is refused while the broker is away', async () => {
    await broker.kill();
    await expect(uploads.keep(Buffer.from('a'), 'account 1')).rejects.toMatchObject({ code: 'service_unavailable' });
    await broker.restart();
    await until(() => client.app.get(Broker).connected, 'the connection to be back');
  });
});

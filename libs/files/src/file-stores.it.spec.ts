import { createHash, randomBytes } from 'node:crypto';
import { OwnS3, startTestClient, testBroker } from '@open-cpo/testing';
import { Broker } from '@open-cpo/messaging';
import { chunks, contentOf, whole } from './fixture/bytes';
import { BrokerFiles } from './broker-files';
import type { FileStore } from './file-store';
import { S3Files } from './s3/s3-files';

/** Two processes' views of the same store. */
interface Stores {
  readonly store: FileStore;
  readonly elsewhere: FileStore;
  readonly stop: () => Promise<void>;
}

async function ofBroker(): Promise<Stores> {
  const broker = await testBroker();
  const [one, other] = await Promise.all([startTestClient(broker), startTestClient(broker)]);
  const [store, elsewhere] = [new BrokerFiles(one.app.get(Broker)), new BrokerFiles(other.app.get(Broker))];
  const stop = async (): Promise<void> => {
    await Promise.all([one.stop(), other.stop()]);
    await broker.stop();
  };
  return { store, elsewhere, stop };
}

async function ofS3(): Promise<Stores> {
  const s3 = await OwnS3.started();
  const settings = { url: s3.url, region: 'eu-central-1', ...s3.keys };
  return { store: new S3Files(settings), elsewhere: new S3Files(settings), stop: () => s3.remove() };
}

// More than two parts of an upload, and no whole number of pieces of any store.
const content = randomBytes(17 * 1024 * 1024 + 12_345);
const few = content.subarray(0, 3_000_001);
const digest = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

describe.each([
  ['the broker', ofBroker],
  ['a store that speaks S3', ofS3],
])('a file in %s', (_, start) => {
  let stores: Stores;
  beforeAll(async () => {
    stores = await start();
  });
  afterAll(() => stores?.stop());

  it('is not there before it was written', async () => {
    const { store, elsewhere } = stores;
    await store.write('first', chunks(few, 1000));
    await expect(elsewhere.open('never')).rejects.toMatchObject({ code: 'not_found' });
    await expect(elsewhere.remove('never')).rejects.toMatchObject({ code: 'not_found' });
  });

  it.each([262_145, 20_000_000])('is read elsewhere as it was written in chunks of %i', async (size) => {
    const { store, elsewhere } = stores;
    const name = `orders-1.of ${size} & more`;
    expect(await store.write(name, chunks(content, size))).toEqual({
      name,
      size: content.length,
      digest: digest(content),
    });
    expect(await elsewhere.open(name)).toMatchObject({ name, size: content.length, digest: digest(content) });
    expect((await contentOf(elsewhere, name)).equals(content)).toBe(true);
  });

  it('is read from any place to any other', async () => {
    const { store, elsewhere } = stores;
    await store.write('ranges', chunks(few, 77_777));
    const file = await elsewhere.open('ranges');
    const places = [0, 262_143, 262_144, 1_048_576, few.length - 1];
    for (const from of places) {
      for (const to of places.filter((place) => place >= from)) {
        expect((await whole(file.read(from, to))).equals(few.subarray(from, to + 1))).toBe(true);
      }
    }
  });

  it('may be empty', async () => {
    const { store, elsewhere } = stores;
    expect(await store.write('empty', chunks(Buffer.alloc(0), 1))).toMatchObject({ size: 0 });
    expect((await contentOf(elsewhere, 'empty')).length).toBe(0);
  });

  it('can be written again under the same name', async () => {
    const { store, elsewhere } = stores;
    await store.write('again', chunks(few, 100_000));
    await store.write('again', chunks(few.subarray(7), 100_000));
    expect((await contentOf(elsewhere, 'again')).equals(few.subarray(7))).toBe(true);
  });

  it('is not there when its writing failed in the middle', async () => {
    const { store, elsewhere } = stores;
    async function* breaking(): AsyncGenerator<Uint8Array> {
      yield* chunks(content, 500_000);
      throw new Error('no more rows');
    }
    await expect(store.write('broken', breaking())).rejects.toThrow('no more rows');
    await expect(elsewhere.open('broken')).rejects.toMatchObject({ code: 'not_found' });
  });

  it('is gone once it was removed, also for those who read it', async () => {
    const { store, elsewhere } = stores;
    await store.write('removed', chunks(few, 100_000));
    const open = await elsewhere.open('removed');
    await store.remove('removed');
    await expect(elsewhere.open('removed')).rejects.toMatchObject({ code: 'not_found' });
    await expect(whole(open.read())).rejects.toThrow();
  });

  it('stays when old ones are tidied away', async () => {
    const { store, elsewhere } = stores;
    await store.write('young', chunks(few, 100_000));
    await store.tidy();
    expect((await contentOf(elsewhere, 'young')).equals(few)).toBe(true);
  });
});

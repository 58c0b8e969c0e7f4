import { createHash, randomBytes } from 'node:crypto';
import type { INestApplicationContext } from '@nestjs/common';
import { startTestClient, testBroker, type TestBroker, until } from '@open-cpo/testing';
import { Broker } from '../broker';
import { FileStore } from './file-store';
import { PIECE, STREAM } from './layout';

async function* chunks(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size));
}

async function whole(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all);
}

describe('a stored file', () => {
  let broker: TestBroker;
  let writer: { app: INestApplicationContext; stop: () => Promise<void> };
  let reader: { app: INestApplicationContext; stop: () => Promise<void> };
  let store: FileStore;
  let elsewhere: FileStore;
  const content = randomBytes(3 * PIECE + 12345);

  beforeAll(async () => {
    broker = await testBroker();
    [writer, reader] = await Promise.all([startTestClient(broker), startTestClient(broker)]);
    store = new FileStore(writer.app.get(Broker));
    elsewhere = new FileStore(reader.app.get(Broker));
  });
  afterAll(async () => {
    await Promise.all([writer.stop(), reader.stop()]);
    await broker.stop();
  });

  it('is not there before it was written', async () => {
    await store.write('first', chunks(content, 1000));
    await expect(elsewhere.open('never')).rejects.toMatchObject({ code: 'not_found' });
  });

  it.each([1000, PIECE, PIECE + 1, 5 * PIECE])(
    'is read by another process as written, in chunks of %i',
    async (size) => {
      const written = await store.write(`file ${size}`, chunks(content, size));
      expect(written).toMatchObject({
        size: content.length,
        digest: createHash('sha256').update(content).digest('hex'),
      });
      const file = await elsewhere.open(`file ${size}`);
      expect(file).toMatchObject(written);
      expect((await whole(file.read())).equals(content)).toBe(true);
    },
  );

  it.each([
    [0, 0],
    [0, 99],
    [PIECE - 1, PIECE],
    [PIECE, 2 * PIECE - 1],
    [2 * PIECE + 7, content.length - 1],
    [content.length - 1, content.length - 1],
  ])('is read from byte %i to %i', async (from, to) => {
    await store.write('ranges', chunks(content, 77_777));
    const part = await whole((await elsewhere.open('ranges')).read(from, to));
    expect(part.equals(content.subarray(from, to + 1))).toBe(true);
  });

  it('may be empty', async () => {
    await store.write('empty', chunks(Buffer.alloc(0), 1));
    const file = await elsewhere.open('empty');
    expect([file.size, await whole(file.read())]).toEqual([0, Buffer.alloc(0)]);
  });

  it('is what other clients of the object store see', async () => {
    await store.write('seen by all', chunks(content, 100_000));
    const bucket = await reader.app.get(Broker).connection().jetstream().views.os('exports');
    const bytes = await bucket.getBlob('seen by all');
    expect(Buffer.from(bytes ?? []).equals(content)).toBe(true);
  });

  it('leaves nothing when its writing fails in the middle', async () => {
    const count = async () => {
      const manager = await writer.app.get(Broker).connection().jetstreamManager();
      return (await manager.streams.info(STREAM)).state.messages;
    };
    const before = await count();
    async function* breaking(): AsyncGenerator<Uint8Array> {
      yield* chunks(content, PIECE);
      throw new Error('no more rows');
    }
    await expect(store.write('broken', breaking())).rejects.toThrow('no more rows');
    await expect(elsewhere.open('broken')).rejects.toMatchObject({ code: 'not_found' });
    expect(await count()).toBe(before);
  });

  it('is gone once it was removed', async () => {
    await store.write('removed', chunks(content, PIECE));
    const open = await elsewhere.open('removed');
    await store.remove('removed');
    await expect(elsewhere.open('removed')).rejects.toMatchObject({ code: 'not_found' });
    await expect(whole(open.read())).rejects.toMatchObject({ kind: 'internal' });
  });

  it('that was damaged is not handed out as a whole', async () => {
    await store.write('damaged', chunks(content, PIECE));
    await store.write('other', chunks(randomBytes(content.length), PIECE));
    const open = await elsewhere.open('damaged');
    const other = await elsewhere.open('other');
    const nats = writer.app.get(Broker).connection();
    const manager = await nats.jetstreamManager();
    const last = (await manager.streams.info(STREAM)).state.last_seq;
    await manager.streams.deleteMessage(STREAM, last - 1);
    await expect(whole(other.read())).rejects.toMatchObject({ code: 'internal' });
    expect((await whole(open.read())).equals(content)).toBe(true);
  });

  it('is ready again after the broker was killed', async () => {
    await store.write('kept', chunks(content, PIECE));
    await broker.restart();
    await until(() => reader.app.get(Broker).connected, 'the connection to be back');
    expect((await whole((await elsewhere.open('kept')).read())).equals(content)).toBe(true);
  });
});

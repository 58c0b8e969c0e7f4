import { randomBytes } from 'node:crypto';
import { jetstreamManager } from '@nats-io/jetstream';
import { Objm } from '@nats-io/obj';
import type { INestApplicationContext } from '@nestjs/common';
import { startTestClient, testBroker, type TestBroker, until } from '@open-cpo/testing';
import { Broker } from '@open-cpo/messaging';
import { chunks, whole } from './fixture/bytes';
import { BrokerFiles } from './broker-files';
import type { FileStore } from './file-store';
import { EXPORTS, PIECE, streamOf } from './layout';

const STREAM = streamOf(EXPORTS);

describe('a file in the broker’s object store', () => {
  let broker: TestBroker;
  let writer: { app: INestApplicationContext; stop: () => Promise<void> };
  let reader: { app: INestApplicationContext; stop: () => Promise<void> };
  let store: FileStore;
  let elsewhere: FileStore;
  const content = randomBytes(3 * PIECE + 12345);

  beforeAll(async () => {
    broker = await testBroker();
    [writer, reader] = await Promise.all([startTestClient(broker), startTestClient(broker)]);
    store = new BrokerFiles(writer.app.get(Broker));
    elsewhere = new BrokerFiles(reader.app.get(Broker));
  });
  afterAll(async () => {
    await Promise.all([writer.stop(), reader.stop()]);
    await broker.stop();
  });

  it('is what other clients of the object store see', async () => {
    await store.write('seen by all', chunks(content, 100_000));
    const bucket = await new Objm(reader.app.get(Broker).connection()).open('exports');
    const bytes = await bucket.getBlob('seen by all');
    expect(Buffer.from(bytes ?? []).equals(content)).toBe(true);
  });

  it('leaves nothing when its writing fails in the middle', async () => {
    const count = async () => {
      const manager = await jetstreamManager(writer.app.get(Broker).connection());
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

  it('that was damaged is not handed out as a whole', async () => {
    await store.write('damaged', chunks(content, PIECE));
    await store.write('other', chunks(randomBytes(content.length), PIECE));
    const open = await elsewhere.open('damaged');
    const other = await elsewhere.open('other');
    const nats = writer.app.get(Broker).connection();
    const manager = await jetstreamManager(nats);
    const last = (await manager.streams.info(STREAM)).state.last_seq;
    await manager.streams.deleteMessage(STREAM, last - 1);
    await expect(whole(other.read())).rejects.toMatchObject({ code: 'internal' });
    expect((await whole(open.read())).equals(content)).toBe(true);
  });

  it('is refused by a bucket that is full, which keeps what it has and takes it once there is room', async () => {
    await store.write('before', chunks(content, PIECE));
    const manager = await jetstreamManager(writer.app.get(Broker).connection());
    const { config, state } = await manager.streams.info(STREAM);
    await manager.streams.update(STREAM, { ...config, max_bytes: state.bytes + 2 * PIECE });
    await expect(store.write('too much', chunks(content, PIECE))).rejects.toThrow(/maximum bytes/);
    await expect(elsewhere.open('too much')).rejects.toMatchObject({ code: 'not_found' });
    expect((await manager.streams.info(STREAM)).state.bytes).toBe(state.bytes);
    await manager.streams.update(STREAM, { ...config, max_bytes: -1 });
    await store.write('too much', chunks(content, PIECE));
    for (const name of ['before', 'too much']) {
      expect((await whole((await elsewhere.open(name)).read())).equals(content)).toBe(true);
    }
  });

  it('is not found when somebody has deleted the bucket, which the next one makes anew', async () => {
    await store.write('lost', chunks(content, PIECE));
    const open = await elsewhere.open('lost');
    await (await jetstreamManager(writer.app.get(Broker).connection())).streams.delete(STREAM);
    await expect(elsewhere.open('lost')).rejects.toMatchObject({ code: 'not_found' });
    await expect(whole(open.read())).rejects.toMatchObject({ code: 'internal' });
    await store.write('next', chunks(content, PIECE));
    expect((await whole((await elsewhere.open('next')).read())).equals(content)).toBe(true);
  });

  it('is ready again after the broker was killed', async () => {
    await store.write('kept', chunks(content, PIECE));
    await broker.restart();
    await until(() => reader.app.get(Broker).connected, 'the connection to be back');
    expect((await whole((await elsewhere.open('kept')).read())).equals(content)).toBe(true);
  });
});

import { setImmediate as turn } from 'node:timers/promises';
import type { NatsConnection, PublishOptions } from '@nats-io/transport-node';
import { WriteBuffer } from './write-buffer';

const data = Buffer.from('x');

describe('messages on their way out', () => {
  const sent: string[] = [];
  const publish = (subject: string, _data: Uint8Array, options?: PublishOptions): void => {
    if (subject === 'too.large') throw new Error('MAX_PAYLOAD_EXCEEDED');
    sent.push(`${subject} ${options?.reply ?? '-'}`);
  };
  const connection = { publish } as unknown as NatsConnection;
  beforeEach(() => sent.splice(0));

  it('leave together, in their order, when the turn is over', async () => {
    const posts = new WriteBuffer(() => connection);
    posts.add({ subject: 'a', data });
    posts.add({ subject: 'b', data, options: { reply: 'c' } });
    expect(sent).toEqual([]);
    await turn();
    expect(sent).toEqual(['a -', 'b c']);
  });

  it('leave at once when they have to, and no second time', async () => {
    const posts = new WriteBuffer(() => connection);
    posts.add({ subject: 'a', data });
    posts.flush();
    expect(sent).toEqual(['a -']);
    await turn();
    expect(sent).toEqual(['a -']);
    posts.add({ subject: 'b', data });
    await turn();
    expect(sent).toEqual(['a -', 'b -']);
  });

  it('that cannot leave concern their sender alone', async () => {
    const posts = new WriteBuffer(() => connection);
    const failed: unknown[] = [];
    posts.add({ subject: 'too.large', data, failed: (error) => failed.push(error) });
    posts.add({ subject: 'too.large', data });
    posts.add({ subject: 'a', data });
    await turn();
    expect(failed).toEqual([new Error('MAX_PAYLOAD_EXCEEDED')]);
    expect(sent).toEqual(['a -']);
  });

  it('go nowhere before there is a connection', async () => {
    const posts = new WriteBuffer(() => undefined);
    posts.add({ subject: 'a', data });
    await turn();
    expect(sent).toEqual([]);
  });
});

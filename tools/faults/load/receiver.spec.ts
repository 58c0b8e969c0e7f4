import { Receiver } from './receiver';

describe('an owner’s server', () => {
  it('counts how often each event came', async () => {
    const receiver = await Receiver.start();
    const send = (id: string): Promise<Response> =>
      fetch(receiver.url, { method: 'POST', headers: { 'webhook-id': id }, body: '{}' });
    try {
      const statuses = [await send('a'), await send('b'), await send('a')].map(({ status }) => status);
      expect(statuses).toEqual([204, 204, 204]);
      expect([...receiver.times]).toEqual([
        ['a', 2],
        ['b', 1],
      ]);
    } finally {
      await receiver.stop();
    }
  });
});

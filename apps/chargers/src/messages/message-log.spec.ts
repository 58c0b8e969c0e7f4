import { Log, Metrics } from '@open-cpo/platform';
import type { PartitionMaintenance, Transactions } from '@open-cpo/persistence';
import { ChargersConfig } from '../config';
import { MessageLog } from './message-log';

const partitions = { retain: () => undefined } as unknown as PartitionMaintenance;

describe('the log of messages', () => {
  it('is tidied by one run at a time', async () => {
    const waiting: (() => void)[] = [];
    const ask = jest.fn(() => new Promise((resolve) => waiting.push(() => resolve({ rowCount: 0 }))));
    const log = Log.to({ service: 'chargers', level: 'silent' });
    const transactions = { ask } as unknown as Transactions;
    const messages = new MessageLog(transactions, new ChargersConfig(), partitions, log, new Metrics());
    const first = messages.tidy();
    await messages.tidy();
    expect(ask).toHaveBeenCalledTimes(1);
    let ended = false;
    void first.then(() => (ended = true));
    while (!ended) {
      waiting.splice(0).forEach((go) => go());
      await new Promise(setImmediate);
    }
    const before = ask.mock.calls.length;
    void messages.tidy();
    await new Promise(setImmediate);
    expect(ask).toHaveBeenCalledTimes(before + 1);
  });

  it('holds no more of a message than it writes', async () => {
    const written: string[] = [];
    const query = async (_text: string, [rows]: [string]) => void written.push(rows);
    const log = Log.to({ service: 'chargers', level: 'silent' });
    const transactions = { query } as unknown as Transactions;
    const messages = new MessageLog(transactions, new ChargersConfig(), partitions, log, new Metrics());
    const payload: { data: number[] } = { data: [1] };
    messages.add({ chargerId: 1, accountId: 1, at: 0, direction: 'received', kind: 'call', messageId: '1', payload });
    payload.data.push(2);
    await messages.flush();
    expect(JSON.parse(written.join())).toMatchObject([{ charger_id: 1, payload: '{"data":[1]}' }]);
  });

  it('leaves out what cannot be stored, and keeps the others', async () => {
    const kept: string[] = [];
    const query = async (_text: string, [rows]: [string]) => {
      const ids = (JSON.parse(rows) as { message_id: string }[]).map(({ message_id }) => message_id);
      if (ids.includes('7')) throw new Error('unsupported Unicode escape sequence');
      kept.push(...ids);
    };
    const log = Log.to({ service: 'chargers', level: 'silent' });
    const transactions = { query } as unknown as Transactions;
    const messages = new MessageLog(transactions, new ChargersConfig(), partitions, log, new Metrics());
    for (let n = 0; n < 20; n += 1) {
      const message = { chargerId: 1, accountId: 1, at: n, direction: 'sent', kind: 'call' } as const;
      messages.add({ ...message, messageId: String(n), payload: {} });
    }
    await messages.flush();
    expect(kept).toEqual(Array.from({ length: 20 }, (_, n) => String(n)).filter((id) => id !== '7'));
  });
});

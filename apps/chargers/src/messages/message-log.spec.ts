import { Log, Metrics } from '@open-cpo/platform';
import type { Transactions } from '@open-cpo/persistence';
import { ChargersConfig } from '../config';
import { MessageLog } from './message-log';

describe('the log of messages', () => {
  it('is tidied by one run at a time', async () => {
    const waiting: (() => void)[] = [];
    const ask = jest.fn(() => new Promise((resolve) => waiting.push(() => resolve({ rowCount: 0 }))));
    const log = Log.to({ service: 'chargers', level: 'silent' });
    const transactions = { ask } as unknown as Transactions;
    const messages = new MessageLog(transactions, new ChargersConfig(), log, new Metrics());
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
});

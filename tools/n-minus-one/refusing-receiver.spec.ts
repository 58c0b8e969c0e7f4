import { RefusingReceiver, retryProblems } from './refusing-receiver';

describe('the tries of an event that was refused', () => {
  it.each([
    ['are one and one more after seconds', [0, 5000], []],
    ['may have waited a half of it', [0, 2500], []],
    ['were without a pause', [0, 12], ['event e was sent again after 12 ms']],
    ['ended with the first', [0], ['event e was not sent again']],
  ])('%s', (_what, times, problems) => {
    expect(retryProblems('e', times)).toEqual(problems);
  });

  it('are refused once', async () => {
    const receiver = await RefusingReceiver.start();
    const send = async (): Promise<number> =>
      (await fetch(receiver.url, { method: 'POST', headers: { 'webhook-id': 'a' } })).status;
    expect([await send(), await send()]).toEqual([500, 204]);
    await receiver.stop();
  });
});

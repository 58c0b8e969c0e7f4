import { type CallAnswer, OutgoingCalls } from './outgoing-calls';

const result = (id: string, status = 'Accepted'): CallAnswer => ({ kind: 'result', id, payload: { status } });

function made(timeoutMs = 1000) {
  const calls = new OutgoingCalls();
  const sent: string[] = [];
  const late: CallAnswer[] = [];
  const call = () =>
    calls.call({
      action: 'Reset',
      payload: { type: 'Soft' },
      timeoutMs,
      send: (text) => sent.push(text),
      late: (one) => late.push(one),
    });
  return { calls, sent, late, call };
}

describe('calls to a charger', () => {
  afterEach(() => jest.useRealTimers());

  it('are sent, and end with their answer alone', async () => {
    const { calls, sent, call } = made();
    const { id, outcome } = call();
    expect(JSON.parse(sent[0] ?? '')).toEqual([2, id, 'Reset', { type: 'Soft' }]);
    expect(calls.answer(result('other'))).toBeUndefined();
    expect(calls.answer(result(id))).toEqual({ action: 'Reset', late: false });
    expect(calls.answer(result(id))).toBeUndefined();
    expect(await outcome).toMatchObject({ kind: 'result', payload: { status: 'Accepted' } });
  });

  it('are one at a time', () => {
    const { call } = made();
    call();
    expect(call).toThrow('one call at a time');
  });

  it('end without an answer, which is taken when it comes late', async () => {
    jest.useFakeTimers();
    const { calls, late, call } = made();
    const { id, outcome } = call();
    jest.advanceTimersByTime(1000);
    expect(await outcome).toEqual({ kind: 'timed_out' });
    const next = call();
    expect(calls.answer(result(id, 'Rejected'))).toEqual({ action: 'Reset', late: true });
    expect(late).toEqual([result(id, 'Rejected')]);
    expect(calls.answer(result(next.id))).toEqual({ action: 'Reset', late: false });
  });

  it('remember some that were not answered', async () => {
    jest.useFakeTimers();
    const { calls, call } = made();
    const ids: string[] = [];
    for (let n = 0; n < 25; n += 1) {
      ids.push(call().id);
      jest.advanceTimersByTime(1000);
    }
    expect(ids.map((id) => calls.answer(result(id))).filter(Boolean)).toHaveLength(20);
  });

  it('end with the connection', async () => {
    const { calls, call } = made();
    const { outcome } = call();
    calls.close();
    expect(await outcome).toEqual({ kind: 'closed' });
    expect(await call().outcome).toEqual({ kind: 'closed' });
  });
});

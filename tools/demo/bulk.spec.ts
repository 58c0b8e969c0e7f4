import { Refusal } from '@open-cpo/contracts';
import { patiently } from './bulk';

const failing = (times: number, error: unknown) =>
  jest.fn(() => (times-- > 0 ? Promise.reject(error as Error) : Promise.resolve('done')));

describe('filling a database', () => {
  it('asks again when it takes too long, or cannot be done just now', async () => {
    for (const code of ['deadline_exceeded', 'service_unavailable', 'idempotency_in_flight'] as const) {
      const ask = failing(2, new Refusal(code));
      await expect(patiently(ask, 0)).resolves.toBe('done');
      expect(ask).toHaveBeenCalledTimes(3);
    }
  });

  it('gives up in the end', async () => {
    const ask = failing(100, new Refusal('deadline_exceeded'));
    await expect(patiently(ask, 0)).rejects.toMatchObject({ code: 'deadline_exceeded' });
    expect(ask).toHaveBeenCalledTimes(5);
  });

  it('does not ask again what is refused', async () => {
    const ask = failing(1, new Refusal('forbidden'));
    await expect(patiently(ask, 0)).rejects.toMatchObject({ code: 'forbidden' });
    expect(ask).toHaveBeenCalledTimes(1);
  });
});

import { InvalidArgumentError, NoRespondersError, TimeoutError } from '@nats-io/transport-node';
import { Refusal } from '@open-cpo/contracts';
import { QueueUnavailable } from '@open-cpo/jobs';
import { isUnavailable } from './unavailable';
import { relayBatch } from './relay-batch';
import type { OutboxRow } from './outbox-row';

const row = (id: number, aggregate: string): OutboxRow => ({
  id,
  aggregate,
  name: aggregate,
  key: String(id),
  payload: '{}',
  options: null,
  occurred_at: new Date(),
});
const always = () => true;

describe('handing over', () => {
  const rows = Array.from({ length: 300 }, (_, index) => row(index, `aggregate ${index % 7}`));

  it('keeps the order within each aggregate', async () => {
    const arrived: OutboxRow[] = [];
    const deliver = async (one: OutboxRow) => {
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 3));
      arrived.push(one);
    };
    const { sent, failures } = await relayBatch(rows, deliver, always);
    expect(failures).toEqual([]);
    expect([...sent].sort((a, b) => a - b)).toEqual(rows.map(({ id }) => id));
    for (let aggregate = 0; aggregate < 7; aggregate += 1) {
      const ids = arrived.filter(({ id }) => id % 7 === aggregate).map(({ id }) => id);
      expect(ids).toEqual([...ids].sort((a, b) => a - b));
    }
  });

  it('stops an aggregate at its first failure and no other', async () => {
    const deliver = ({ id }: OutboxRow) => (id === 14 ? Promise.reject(new Error('no')) : Promise.resolve());
    const { sent, failures } = await relayBatch(rows, deliver, always);
    expect(failures.map(({ row: { id } }) => id)).toEqual([14]);
    expect(sent.filter((id) => id % 7 === 0).sort((a, b) => a - b)).toEqual([0, 7]);
    expect(sent.filter((id) => id % 7 !== 0)).toHaveLength(rows.filter(({ id }) => id % 7 !== 0).length);
  });

  it('begins nothing new once it may not go on', async () => {
    const { sent } = await relayBatch(
      rows,
      () => Promise.resolve(),
      (so) => so.sent.length < 10,
    );
    expect(sent.length).toBeLessThan(20);
  });
});

describe('the other side', () => {
  it.each([
    ['does not answer', new TimeoutError()],
    ['has no stream for the subject', new NoRespondersError('facts.x')],
    ['is not connected', new Refusal('service_unavailable')],
    ['refuses connections', Object.assign(new Error('refused'), { code: 'ECONNREFUSED' })],
    ['has no queue', new QueueUnavailable()],
  ])('is away when it %s', (_, error) => {
    expect(isUnavailable(error)).toBe(true);
  });

  it.each([
    ['an error of ours', new TypeError('x is undefined')],
    ['a refused row', InvalidArgumentError.format('payload', 'max_payload size exceeded')],
    ['a refusal', new Refusal('validation_failed')],
    ['nothing', undefined],
  ])('is there when it says %s', (_, error) => {
    expect(isUnavailable(error)).toBe(false);
  });
});

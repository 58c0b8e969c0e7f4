import { readDaily } from './daily';
import type { Order } from './orders';

const order = (created_at: string, earning: string, status = 1): Order =>
  ({ created_at, earning, status, charging_session_energy: '1.5000' }) as unknown as Order;
const now = new Date('2025-05-12T12:00:00Z');

describe('the chart of days', () => {
  it('adds up orders by the day of a zone, without reversed ones', async () => {
    const orders = [
      order('2025-05-11T23:30:00Z', '10.10'),
      order('2025-05-11T10:00:00Z', '1.00', 2),
      order('2025-05-10T10:00:00Z', '2.00'),
    ];
    const { days, partial } = await readDaily(3, 'Africa/Algiers', async () => ({ data: orders }), now);
    expect(partial).toBe(false);
    expect(days).toEqual([
      { day: '2025-05-10', earning: 2, energy: 1.5, orders: 1 },
      { day: '2025-05-11', earning: 0, energy: 0, orders: 0 },
      { day: '2025-05-12', earning: 10.1, energy: 1.5, orders: 1 },
    ]);
  });

  it('reads a thousand orders at most, and says so', async () => {
    let pages = 0;
    const full = Array.from({ length: 200 }, () => order('2025-05-12T10:00:00Z', '1'));
    const read = async () => ((pages += 1), { data: full });
    expect((await readDaily(3, 'UTC', read, now)).partial).toBe(true);
    expect(pages).toBe(5);
  });

  it('reads no further than the first day', async () => {
    const full = Array.from({ length: 200 }, () => order('2025-05-01T10:00:00Z', '1'));
    let pages = 0;
    const read = async () => ((pages += 1), { data: full });
    expect((await readDaily(3, 'UTC', read, now)).partial).toBe(false);
    expect(pages).toBe(1);
  });
});

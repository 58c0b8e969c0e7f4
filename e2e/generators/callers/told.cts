const [, , baseUrl = '', token = ''] = process.argv;

export { baseUrl, token };
export const authorization = `Bearer ${token}`;
/** The longest session first. */
export const sortBy = JSON.stringify([{ key: 'duration', order: 'desc' }]);
export const POWER_CENTER = { title: 'Made by a generated client', category: 'EV_CHARGER' } as const;

interface Row {
  readonly id: number;
}
interface Order {
  readonly quantity: string;
}

/** Says what came, for the test that started this. */
export function tell(before: unknown, made: Row, after: unknown, orders: readonly Order[]): void {
  const ids = (rows: unknown): number[] => (rows as readonly Row[]).map(({ id }) => id);
  const told = {
    made: made.id,
    before: ids(before),
    after: ids(after),
    sorted: orders.map(({ quantity }) => quantity),
  };
  process.stdout.write(JSON.stringify(told));
}

import type { HttpResponse } from '../http/exchange';

/** What is asked for: a name for people, and the path. */
export const READS: readonly (readonly [string, string])[] = [
  ['The user’s own data', '/api/user'],
  ['15 orders', '/api/orders'],
  ['100 orders', '/api/orders?itemsPerPage=100'],
  ['All power centers', '/api/charge-points'],
  ['The balance', '/api/user/balance'],
  ['Workers', '/api/workers'],
];

/** Requests under way at once. */
const CONCURRENCY = 4;

interface Reader {
  get(path: string): Promise<Pick<HttpResponse, 'status'>>;
}

/** Asks so often, each time for something that no cache has. @throws Error when an answer is not 200 */
export async function read(api: Reader, path: string, times: number): Promise<void> {
  let left = times;
  const reader = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const mark = `${path.includes('?') ? '&' : '?'}mark=${left}`;
      const { status } = await api.get(path + mark);
      if (status !== 200) throw new Error(`${path} answers ${status}`);
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, reader));
}

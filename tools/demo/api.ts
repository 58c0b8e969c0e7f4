import { HttpClient, OWNER } from '../http/client';

/** What is looked at of a power center. */
export interface PowerCenter {
  readonly id: number;
  readonly title: string;
  readonly token: string;
  readonly configured: 0 | 1;
  readonly connectors: readonly { readonly number: number | null; readonly max_power: number }[];
}

/** A user of the demo data, with the reads that tools need. */
export class Api extends HttpClient {
  static async login(url: string, user = OWNER): Promise<Api> {
    return new Api(url, await HttpClient.tokenOf(url, user));
  }

  async powerCenters(): Promise<PowerCenter[]> {
    const rows = Object.values((await this.get('/api/charge-points')).json<Record<string, { id: number }>>() ?? {});
    const all: PowerCenter[] = [];
    for (const { id } of rows) {
      const one = (await this.get(`/api/charge-points/${id}`)).json<PowerCenter>();
      if (one) all.push(one);
    }
    return all.sort((a, b) => a.id - b.id);
  }

  /** Cards of workers with the last day on which they are valid; none where the user may not see workers. */
  async cards(): Promise<{ readonly rfid: string; readonly expire_at: string }[]> {
    const response = await this.get('/api/workers');
    if (response.status !== 200) return [];
    const { results } = response.json<{ results?: { data?: { rfid: string | null; expire_at: string }[] } }>() ?? {};
    return (results?.data ?? []).flatMap(({ rfid, expire_at }) => (rfid === null ? [] : [{ rfid, expire_at }]));
  }

  async orders(): Promise<number> {
    const page = (await this.get('/api/orders?itemsPerPage=1')).json<{ results?: Page }>();
    return page?.results?.meta?.total ?? 0;
  }

  /** Orders of the newest thousand that are not complete. */
  async open(): Promise<number> {
    const page = (await this.get('/api/orders?itemsPerPage=1000')).json<{ results?: Page }>();
    return (page?.results?.data ?? []).filter(({ status }) => status === 0).length;
  }
}

interface Page {
  readonly meta?: { readonly total: number };
  readonly data?: readonly { readonly status: number }[];
}

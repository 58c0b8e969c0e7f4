import { environment } from '@open-cpo/platform';

/** Python's `False`, which Odoo has for every field that is empty, and sends as it is. */
type Value = string | number | boolean | null | object;
export type Values = Record<string, Value | undefined>;

export interface Company {
  readonly apiKey: string;
  readonly email: string;
  readonly password: string;
}

/** Selections of the connector's models: Odoo refuses any other value. */
const SELECTIONS: Readonly<Record<string, readonly string[]>> = {
  category: ['EV_CHARGER', 'SMART_PLUG', 'SMART_METER'],
  status: ['available', 'unavailable', 'unknown'],
  session_limit_type: ['minutes', 'energy'],
  price_unit: ['minutes', 'kwh', 'session', 'unknown'],
};

/** Keys of what the connector posts, in its order; `image` comes from `image_url`. */
const PAYLOAD = [
  ...['identifier', 'category', 'title', 'description', 'latitude', 'longitude', 'listed', 'type', 'status', 'image'],
  ...['session_limit_type', 'session_limit_value', 'secure', 'configured', 'address_line_1', 'address_line_2'],
  ...['address_line_3', 'zipcode', 'city', 'state', 'price_unit', 'price', 'reservation_fee', 'is_external'],
];
const TEXTS = [
  ...['identifier', 'type', 'title', 'description', 'image', 'address_line_1', 'address_line_2', 'address_line_3'],
  ...['zipcode', 'city', 'state', 'token', 'status', 'session_limit_type', 'price_unit', 'category'],
];

/** Python's `float(value)`. @throws Error as it does */
function float(value: unknown): number {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || !/^\s*[-+]?\d+(\.\d*)?\s*$/.test(value)) {
    throw new Error(`could not convert to float: ${JSON.stringify(value)}`);
  }
  return Number(value);
}

/** `2026-11-27 10:41:00`, or nothing: any other text is refused by a field of Odoo's. */
function datetime(value: unknown): void {
  if (value === null || value === undefined || value === false) return;
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(value)) {
    throw new Error(`time data ${JSON.stringify(value)} does not match format '%Y-%m-%d %H:%M:%S'`);
  }
}

/** What the public Odoo connector does, by its published sources: its requests to the letter, its reading of answers. */
export class OdooConnector {
  readonly chargers = new Map<number, Values>();
  readonly orders = new Map<number, Values>();
  readonly feedback = new Map<number, Values>();
  private token = '';
  private expiry = 0;

  constructor(private readonly company: Company) {}

  async syncChargers(): Promise<void> {
    const data = (await this.request('GET', '/api/charge-points')) as Values;
    for (const item of (data.results ?? []) as Values[]) this.keepCharger(item);
  }

  async syncCharger(id: number): Promise<void> {
    const data = (await this.request('GET', `/api/charge-points/${id}`)) as Values;
    this.keepCharger((data.results ?? {}) as Values);
  }

  /** Creates there first, and keeps what came back. */
  async createCharger(values: Values): Promise<number> {
    const made = (await this.request('POST', '/api/charge-points', this.payload(values))) as Values;
    if (made.latitude !== undefined && made.latitude !== null) float(made.latitude);
    this.chargers.set(Number(made.id), this.stored({ ...values, identifier: made.identifier, token: made.token }));
    return Number(made.id);
  }

  /** Sends every field of the record as it is after the change. */
  async writeCharger(id: number, values: Values): Promise<void> {
    const merged = { ...this.chargers.get(id), ...values };
    const changed = (await this.request('PATCH', `/api/charge-points/${id}`, this.payload(merged))) as Values;
    if (typeof changed !== 'object') throw new Error('The answer is no object.');
    this.chargers.set(id, this.stored({ ...merged, ...(changed.status ? { status: changed.status } : {}) }));
  }

  async deleteCharger(id: number): Promise<void> {
    await this.request('DELETE', `/api/charge-points/${id}`);
    this.chargers.delete(id);
  }

  async syncOrders(): Promise<void> {
    const data = (await this.request('GET', '/api/orders')) as { results: { data: Values[] } };
    for (const item of data.results.data) {
      const point = item.charge_point as { id: number; title: string; address: Values };
      void [point.title, point.address.address_line_1];
      datetime(item.delivery_date);
      const numbers = ['charging_session_time', 'charging_session_energy', 'requested_quantity', 'quantity', 'price'];
      const read = [...numbers, 'fees', 'earning', 'unit_price'].map((key) => [key, float(item[key])]);
      this.orders.set(Number(item.id), { ...Object.fromEntries(read), charger: point.id, status: item.status });
    }
  }

  async syncFeedback(): Promise<void> {
    const data = (await this.request('GET', '/api/feedback')) as { results: { data: Values[] } };
    for (const item of data.results.data) {
      const { id, title } = item.charge_point as { id: number; title: string };
      if (!item.feedback_msg) throw new Error('Mandatory field "message" is not set.');
      const kept = { message: item.feedback_msg, rating: item.rating, order: item.charge_point_order_id };
      this.feedback.set(Number(item.id), { ...kept, charger: id, title });
    }
  }

  private keepCharger(item: Values): void {
    const address = (item.address ?? {}) as Values;
    const numbers = ['latitude', 'longitude', 'price', 'rating', 'total_earnings', 'price_usd', 'earning'];
    for (const key of numbers) if (item[key] !== null && item[key] !== undefined) float(item[key]);
    this.chargers.set(Number(item.id), this.stored({ ...item, ...address, image: item.image }));
  }

  /** A record reads `False` for what is empty; text fields keep the printed form of an object. */
  private stored(values: Values): Values {
    const kept: Values = {};
    for (const [key, value] of Object.entries(values)) {
      if (!TEXTS.includes(key)) kept[key] = value;
      else kept[key] = typeof value === 'object' && value !== null ? printed(value) : value || false;
    }
    for (const [key, allowed] of Object.entries(SELECTIONS)) {
      const value = kept[key];
      if (typeof value === 'string' && !allowed.includes(value)) throw new Error(`Wrong value for ${key}: '${value}'`);
    }
    for (const key of ['latitude', 'longitude', 'price', 'reservation_fee', 'session_limit_value']) {
      kept[key] = kept[key] === null || kept[key] === undefined ? 0 : Number(kept[key]);
    }
    return kept;
  }

  private payload(values: Values): string {
    const flags = ['listed', 'secure', 'configured', 'is_external'];
    const entries = PAYLOAD.map((key): [string, Value | undefined] => {
      const value = key === 'category' ? values[key] || 'EV_CHARGER' : values[key];
      return [key, flags.includes(key) && value !== undefined && value !== null ? Boolean(value) : value];
    });
    const empty = (value: unknown) => value === null || value === undefined || value === '';
    return JSON.stringify(Object.fromEntries(entries.filter(([, value]) => !empty(value))));
  }

  /** As JSON or else as text; a status from 400 on is an error with the text. */
  private async request(method: string, endpoint: string, body?: string): Promise<unknown> {
    const headers = { ...this.headers('application/json'), authorization: `Bearer ${await this.bearer()}` };
    const response = await fetch(base() + endpoint, { method, headers, ...(body ? { body } : {}) });
    const text = await response.text();
    if (response.status >= 400) throw new Error(`${method} ${endpoint}: ${text}`);
    try {
      return JSON.parse(text) as unknown;
    } catch {
      return text;
    }
  }

  private async bearer(): Promise<string> {
    if (this.token && Date.now() / 1000 < this.expiry - 30) return this.token;
    const { email, password } = this.company;
    const response = await fetch(`${base()}/api/v3/auth/login`, {
      method: 'POST',
      body: new URLSearchParams({ email, password }).toString(),
      headers: this.headers('application/x-www-form-urlencoded'),
    });
    const data = (await response.json()) as { expires_in?: number; data: { access_token: string } };
    this.token = data.data.access_token;
    this.expiry = Date.now() / 1000 + Math.trunc(data.expires_in ?? 3600);
    return this.token;
  }

  private readonly headers = (type: string): Record<string, string> => ({
    'API-KEY': this.company.apiKey,
    'Content-Type': type,
    Accept: 'application/json',
    'User-Agent': 'PostmanRuntime/7.49.0',
  });
}

const base = (): string => environment().TEST_GATEWAY_URL ?? '';
const printed = (value: object): string => JSON.stringify(value).replaceAll('"', "'").replaceAll('null', 'None');

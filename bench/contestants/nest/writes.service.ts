import { createHash, randomUUID } from 'node:crypto';
import { type DataSource, type EntityManager, IsNull } from 'typeorm';
import type { Rates, Viewer } from '../shared/amounts';
import { ofCards, ofPowerCenters } from '../shared/events';
import { type Whole, wholeView } from '../shared/power-center';
import type { OrderStarted } from '../shared/sessions';
import type { Person, Settings } from '../shared/settings';
import {
  cardsOf,
  changedView,
  enteredPrice,
  modelView,
  type NewPowerCenter,
  type NewWorker,
  priceView,
  type ToldPowerCenter,
  workerView,
} from '../shared/write-views';
import { CountedOrder } from './orders.started.entities';
import { CurrencyRate } from './stations.entities';
import {
  AuditEntry,
  OutboxEvent,
  StoredChargePoint,
  StoredConnector,
  StoredKey,
  StoredPrice,
  StoredWorker,
} from './writes.entities';

/** Who asks, under which key, and for what. */
export interface Asking<T> {
  readonly person: Person;
  readonly key: string;
  readonly id?: number;
  readonly body: T;
}

interface Entry {
  readonly action: string;
  readonly subject: string;
  readonly id: number;
  readonly before: object | null;
  readonly after: object;
  readonly told: ToldPowerCenter;
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Writes as documentation and tutorials teach them: repositories and entities in a transaction of the data source. */
export class WritesService {
  private rates: Rates = {};

  constructor(
    private readonly stations: DataSource,
    private readonly workforce: DataSource,
    private readonly settings: Pick<Settings, 'people' | 'publicUrl'>,
    private readonly subject: string,
    private readonly committed: () => void,
  ) {}

  async open(): Promise<void> {
    const rates = await this.stations.getRepository(CurrencyRate).find();
    this.rates = Object.fromEntries(rates.map(({ code, rate }) => [code, Number(rate)]));
  }

  create(asking: Asking<NewPowerCenter>): Promise<object> {
    return this.once(this.stations, asking, async (manager, { body, person }) => {
      const now = new Date();
      const unique = randomUUID().slice(0, 13).toUpperCase();
      const made = manager.create(StoredChargePoint, {
        ...body,
        account_id: person.accountId,
        identifier: `PS_${unique}`,
        token: `EV_CHARGER_${unique}`,
        time_zone: person.timeZone,
        created_at: now,
        updated_at: now,
      });
      const { id } = await manager.save(made);
      const row = await manager.findOneByOrFail(StoredChargePoint, { id });
      const { identifier, token } = row;
      const entry = { action: 'power-centers.create', before: null, after: { ...body, identifier, token } };
      const told = this.told(row, [], person, {});
      return [modelView({ ...row, city: body.city }, person), { ...entry, subject: 'charge-point', id, told }];
    });
  }

  change(asking: Asking<{ title: string }>): Promise<object> {
    return this.once(this.stations, asking, async (manager, { id = 0, body, person }) => {
      const where = { id, account_id: person.accountId, deleted_at: IsNull() };
      const row = await manager.findOneOrFail(StoredChargePoint, { where, lock: { mode: 'pessimistic_write' } });
      const before = { title: row.title };
      Object.assign(row, { title: body.title, updated_at: new Date() });
      await manager.save(row);
      const connectors = await manager.find(StoredConnector, {
        where: { charge_point_id: id },
        relations: { connector_type: true },
      });
      const told = this.told(row, connectors, person, null);
      const entry = { action: 'power-centers.update', subject: 'charge-point', id, before, after: body, told };
      return [changedView(row, person), entry];
    });
  }

  price(asking: Asking<{ price: string }>): Promise<object> {
    return this.once(this.stations, asking, async (manager, { id = 0, body, person }) => {
      const row = await manager.findOneOrFail(StoredPrice, { where: { id }, lock: { mode: 'pessimistic_write' } });
      const center = await manager.findOneByOrFail(StoredChargePoint, {
        id: row.charge_point_id,
        account_id: person.accountId,
      });
      const before = { ...row };
      const after = await manager.save(Object.assign(row, enteredPrice(body.price, this.viewer(person))));
      const { id: of, account_id, time_zone } = center;
      const prices = { ...after, unit: center.price_unit };
      const told = { id: of, account_id, time_zone, told_at: new Date().toISOString(), card: null, prices };
      const entry = { action: 'prices.update', subject: 'range-price', id, before, after, told };
      const times = { starting: row.starting.slice(0, 5), ending: row.ending.slice(0, 5) };
      return [priceView({ ...row, ...times }, body.price), entry];
    });
  }

  worker(asking: Asking<NewWorker>): Promise<object> {
    return this.once(this.workforce, asking, async (manager, { body, person }) => {
      const made = manager.create(StoredWorker, { ...body, account_id: person.accountId });
      const { id } = await manager.save(made);
      const answer = workerView(id, body);
      const told = cardsOf(person);
      return [answer, { action: 'workers.create', subject: 'worker', id, before: null, after: answer, told }];
    });
  }

  /** What an order that begins changes of its power center. */
  async occupy({ order_id, charge_point_id: id, connector_number, started_at }: OrderStarted): Promise<void> {
    await this.stations.transaction(async (manager) => {
      const row = await manager.findOneOrFail(StoredChargePoint, {
        where: { id },
        lock: { mode: 'pessimistic_write' },
      });
      if (await manager.existsBy(CountedOrder, { order_id })) return;
      const counted = { order_id, charge_point_id: id, stage: -1, day: started_at.slice(0, 10) };
      await manager.insert(CountedOrder, { ...counted, minutes: '0', energy: '0', earnings_usd: '0' });
      await manager.save(Object.assign(row, { busy: true, orders_count: row.orders_count + 1 }));
      const connectors = await manager.find(StoredConnector, {
        where: { charge_point_id: id },
        relations: { connector_type: true },
      });
      const busy = connectors.find(({ number }) => number === connector_number);
      if (busy) await manager.save(Object.assign(busy, { status: 'busy', status_at: new Date(started_at) }));
      const person = Object.values(this.settings.people).find(({ accountId }) => accountId === row.account_id);
      if (!person) return;
      const name = `${ofPowerCenters(this.subject)}.${id}`;
      const payload = this.told(row, connectors, person, null);
      const event = { kind: 'fact', name, aggregate: name, key: randomUUID(), payload, secret: false };
      await manager.save(manager.create(OutboxEvent, event));
    });
    this.committed();
  }

  /** The row, its audit entry, its event and the answer to its key together, or none of them. */
  private async once<T>(
    source: DataSource,
    asking: Asking<T>,
    work: (manager: EntityManager, asking: Asking<T>) => Promise<[object, Entry]>,
  ): Promise<object> {
    const { person, key, body } = asking;
    const id = digest(`${person.accountId} ${person.userId} ${key}`);
    const answer = await source.transaction(async (manager) => {
      const known = await manager.findOneBy(StoredKey, { id });
      if (known) return JSON.parse(known.answer.toString()) as object;
      const [made, { told, id: subjectId, ...entry }] = await work(manager, asking);
      const request_id = randomUUID();
      const who = { account_id: person.accountId, user_id: person.userId, request_id };
      await manager.save(manager.create(AuditEntry, { ...entry, ...who, subject_id: String(subjectId) }));
      const name = `${(entry.subject === 'worker' ? ofCards : ofPowerCenters)(this.subject)}.${told.id}`;
      const event = { kind: 'fact', name, aggregate: name, key: request_id, payload: told, secret: false };
      await manager.save(manager.create(OutboxEvent, event));
      await manager.insert(StoredKey, {
        id,
        body_mac: digest(JSON.stringify(body)),
        answer: Buffer.from(JSON.stringify(made)),
      });
      return made;
    });
    this.committed();
    return answer;
  }

  private told(row: StoredChargePoint, mounted: StoredConnector[], person: Person, prices: object | null) {
    const connectors = mounted.map(({ connector_type, number, status }) => ({ ...connector_type, number, status }));
    const whole = { ...row, today_usd: '0', charger_type: null, connectors, amenities: [] } as unknown as Whole;
    const card = wholeView(whole, this.viewer(person), this.settings.publicUrl);
    const { id, account_id, time_zone } = row;
    return { id, account_id, time_zone, told_at: new Date().toISOString(), card, prices };
  }

  private viewer({ currency }: Person): Viewer {
    return { currency, rate: this.rates[currency] ?? 1 };
  }
}

import { createHash, randomUUID } from 'node:crypto';
import { Pool, type PoolClient } from 'pg';
import type { Rates, Viewer } from './amounts';
import { ofCards, ofPowerCenters } from './events';
import { OCCUPY, TELL } from './session-sql';
import type { OrderStarted } from './sessions';
import { type Whole, wholeView } from './power-center';
import { type Copies, type Person, POOL, type Settings } from './settings';
import { ONE, RATES } from './sql';
import * as sql from './write-sql';
import {
  cardsOf,
  changedView,
  enteredPrice,
  type Model,
  modelView,
  type PriceRow,
  priceView,
  type ToldPowerCenter,
  type WriteAsked,
  type Written,
  workerView,
} from './write-views';

/** What one write has led to. */
interface Done {
  readonly answer: object;
  readonly action: string;
  readonly subject: string;
  readonly id: number;
  readonly before: object | null;
  readonly after: object;
  readonly told: ToldPowerCenter;
}

type Row = Whole & Model & { readonly account_id: number; readonly time_zone: string };

/**
 * Writes as anybody would make them who wants nothing but speed and keeps what the platform keeps: the row, its audit entry, its
 * event and the answer to its key are one transaction of prepared statements.
 */
export class Writes {
  private readonly stations: Pool;
  private readonly workforce: Pool;
  private rates: Rates = {};

  constructor(
    private readonly settings: Settings,
    private readonly copies: Copies,
    /** Has an event that was committed published. */
    private readonly committed: () => void,
  ) {
    this.stations = new Pool({ connectionString: copies.stations, max: POOL });
    this.workforce = new Pool({ connectionString: copies.workforce, max: POOL });
  }

  async open(): Promise<void> {
    const { rows } = await this.stations.query<{ code: string; rate: string }>(RATES);
    this.rates = Object.fromEntries(rows.map(({ code, rate }) => [code, Number(rate)]));
  }

  /** The answer's JSON without its envelope. */
  async json({ written, person, key }: WriteAsked): Promise<string> {
    const client = await (written.write === 'worker' ? this.workforce : this.stations).connect();
    const id = digest(`${person.accountId} ${person.userId} ${key}`);
    try {
      await client.query('begin');
      const claimed = await ask<{ locked: boolean; answer: Buffer | null }>(client, 'claim', sql.CLAIM, [
        id.readBigInt64BE().toString(),
        id,
      ]);
      if (claimed?.answer) return claimed.answer.toString();
      if (!claimed?.locked) throw new Error('The same request is under way.');
      const done = await this.write(client, written, person);
      const json = JSON.stringify(done.answer);
      const { action, subject, before, after, told } = done;
      const subjects = written.write === 'worker' ? ofCards : ofPowerCenters;
      const event = [`${subjects(this.copies.stream)}.${told.id}`, JSON.stringify(told)];
      await ask(client, 'finish', sql.FINISH, [
        ...[person.accountId, person.userId, randomUUID(), action, subject, String(done.id)],
        ...[before && JSON.stringify(before), JSON.stringify(after), ...event],
        ...[id, digest(JSON.stringify(written)), Buffer.from(json)],
      ]);
      await client.query('commit');
      this.committed();
      return json;
    } catch (error) {
      await client.query('rollback');
      throw error;
    } finally {
      client.release();
    }
  }

  /** What orders that begin change of their power centers. */
  async occupy(started: readonly OrderStarted[]): Promise<void> {
    const client = await this.stations.connect();
    try {
      await client.query('begin');
      const given = [JSON.stringify(started)];
      const changed = await client.query<{ id: number }>({ name: 'occupy', text: OCCUPY, values: given });
      const ids = changed.rows.map(({ id }) => id);
      const { rows } = await client.query<Row>({ name: 'wholes', text: WHOLES, values: [ids] });
      const told = rows.flatMap((row) => {
        const person = Object.values(this.settings.people).find(({ accountId }) => accountId === row.account_id);
        return person ? [this.told(row, person, null)] : [];
      });
      const events = told.map((payload) => ({ name: `${ofPowerCenters(this.copies.stream)}.${payload.id}`, payload }));
      await client.query({ name: 'tell', text: TELL, values: [JSON.stringify(events)] });
      await client.query('commit');
      this.committed();
    } catch (error) {
      await client.query('rollback');
      throw error;
    } finally {
      client.release();
    }
  }

  private async write(client: PoolClient, written: Written, person: Person): Promise<Done> {
    if (written.write === 'create') return this.create(client, written.body, person);
    if (written.write === 'change') return this.change(client, written.id, written.body.title, person);
    if (written.write === 'price') return this.price(client, written.id, written.body.price, person);
    const { first_name, last_name, email, rfid, expire_at } = written.body;
    const values = [person.accountId, first_name, last_name, email, rfid, expire_at];
    const id = (await ask<{ id: number }>(client, 'worker', sql.WORKER, values))?.id ?? 0;
    const answer = workerView(id, written.body);
    const told = cardsOf(person);
    return { answer, action: 'workers.create', subject: 'worker', id, before: null, after: answer, told };
  }

  private async create(
    client: PoolClient,
    body: { title: string; category: string; city?: string },
    person: Person,
  ): Promise<Done> {
    const unique = randomUUID().slice(0, 13).toUpperCase();
    const [identifier, token] = [`PS_${unique}`, `EV_CHARGER_${unique}`];
    const { title, category, city } = body;
    const values = [person.accountId, identifier, token, category, title, city, person.timeZone];
    const made = await ask<Pick<Model, 'id'>>(client, 'create', sql.CREATE, values);
    const whole = await this.whole(client, made?.id ?? 0, person);
    const answer = modelView({ ...whole, city }, person);
    const after = { ...body, identifier, token };
    const told = this.told(whole, person, {});
    return { answer, action: 'power-centers.create', subject: 'charge-point', id: whole.id, before: null, after, told };
  }

  private async change(client: PoolClient, id: number, title: string, person: Person): Promise<Done> {
    const before = await ask<{ title: string }>(client, 'held', sql.HELD, [id, person.accountId]);
    await ask(client, 'change', sql.CHANGE, [id, title]);
    const whole = await this.whole(client, id, person);
    const [answer, told] = [changedView(whole, person), this.told(whole, person, null)];
    const entry = { action: 'power-centers.update', subject: 'charge-point', before: before ?? null, after: { title } };
    return { answer, id, told, ...entry };
  }

  private async price(client: PoolClient, id: number, price: string, person: Person): Promise<Done> {
    const values = [id, person.accountId];
    const before = await ask<PriceRow & { readonly time_zone: string }>(client, 'price', sql.PRICE, values);
    if (!before) throw new Error('There is no such price.');
    const entered = enteredPrice(price, this.viewer(person));
    await ask(client, 'change-price', sql.CHANGE_PRICE, [id, ...Object.values(entered)]);
    const { charge_point_id, time_zone } = before;
    const after = { ...before, ...entered };
    const told_at = new Date().toISOString();
    const told = { id: charge_point_id, account_id: person.accountId, time_zone, told_at, card: null, prices: after };
    return {
      answer: priceView(before, price),
      action: 'prices.update',
      subject: 'range-price',
      id,
      before,
      after,
      told,
    };
  }

  private async whole(client: PoolClient, id: number, { accountId }: Person): Promise<Row> {
    const found = await ask<Row>(client, 'one', WHOLE, [id, accountId]);
    if (!found) throw new Error('There is no such power center.');
    return found;
  }

  private told(row: Row, person: Person, prices: object | null): ToldPowerCenter {
    const card = wholeView(row, this.viewer(person), this.settings.publicUrl);
    const { id, time_zone } = row;
    return { id, account_id: person.accountId, time_zone, told_at: new Date().toISOString(), card, prices };
  }

  private viewer({ currency }: Person): Viewer {
    return { currency, rate: this.rates[currency] ?? 1 };
  }
}

const WHOLE = ONE.replace('c.account_id,', 'c.account_id, c.time_zone, c.created_at, c.updated_at,');
const WHOLES = WHOLE.replace('c.id = $1 and c.account_id = $2', 'c.id = any($1::int[])');

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

async function ask<T extends object>(
  client: PoolClient,
  name: string,
  text: string,
  values: readonly unknown[],
): Promise<T | undefined> {
  const { rows } = await client.query<T>({ name, text, values: [...values] });
  return rows[0];
}

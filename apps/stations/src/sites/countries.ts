import { Injectable } from '@nestjs/common';
import { countries } from '@open-cpo/contracts';
import { Bus, internalCaller } from '@open-cpo/messaging';
import { Transactions } from '@open-cpo/persistence';
import { KEEP_COUNTRY } from './site.queries';

/** Names change with releases of auth, which are rare. */
const FRESH_MS = 60 * 60 * 1000;
/** A transaction waits for the answer. */
const PATIENCE_MS = 2000;

const NAME = 'select name from countries where id = $1';

/**
 * Countries of addresses. Auth owns them; it is asked for all at once when an address is entered, at most once an hour,
 * and those that addresses are in are kept beside them, so that reading a site needs no other service.
 */
@Injectable()
export class Countries {
  private names?: ReadonlyMap<number, string>;
  private asked = 0;

  constructor(
    private readonly transactions: Transactions,
    private readonly bus: Bus,
  ) {}

  /**
   * Whether there is such a country; if so, addresses may refer to it from now on.
   * @throws Refusal `service_unavailable` when auth is unavailable and the country is unknown here
   */
  async keep(id: number): Promise<boolean> {
    const name = await this.nameOf(id);
    if (name === undefined) return false;
    // The catalogue is of no account: callers may only read it.
    await this.transactions.asService(() => this.transactions.query(KEEP_COUNTRY, [id, name], 'countries.keep'));
    return true;
  }

  private async nameOf(id: number): Promise<string | undefined> {
    try {
      return (await this.all()).get(id);
    } catch (error) {
      const kept = await this.transactions.first<{ name: string }>(NAME, [id], 'countries.name');
      const name = this.names?.get(id) ?? kept?.name;
      if (name === undefined) throw error;
      return name;
    }
  }

  private async all(): Promise<ReadonlyMap<number, string>> {
    if (this.names && Date.now() - this.asked < FRESH_MS) return this.names;
    const told = await this.bus.call(countries.all, {}, internalCaller({}, PATIENCE_MS));
    this.asked = Date.now();
    return (this.names = new Map(told.map(({ id, name }) => [id, name])));
  }
}

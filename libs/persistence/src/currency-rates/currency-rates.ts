import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { currencies, ratesChanged, type RateTable, Refusal } from '@open-cpo/contracts';
import { Broadcast, Bus, internalCaller } from '@open-cpo/messaging';
import { Log } from '@open-cpo/platform';
import { RateStore } from './rate-store';

const BASE = 'USD';
/** Milliseconds after which the memory is compared with the table: an event that was missed is made up for. */
const REFRESH = 30_000;
/** The same while no rate is known at all. */
const IMPATIENT = 1000;

/**
 * What a US dollar is worth in every currency, from memory. Every replica receives a change at once; a durable
 * consumer keeps the table, from which a replica starts even when auth is unavailable.
 */
@Injectable()
export class CurrencyRates implements OnApplicationBootstrap, OnModuleDestroy {
  private table: RateTable = { revision: 0, rates: {} };
  private timer?: NodeJS.Timeout;
  private ended = false;

  constructor(
    private readonly store: RateStore,
    private readonly broadcast: Broadcast,
    private readonly bus: Bus,
    private readonly log: Log,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    this.broadcast.subscribe(ratesChanged, (table) => this.take(table));
    await this.refresh();
  }

  onModuleDestroy(): void {
    this.ended = true;
    clearTimeout(this.timer);
  }

  /**
   * Units of a currency for one US dollar, as decimal text.
   * @throws Refusal `service_unavailable` while no rate is known yet; RangeError for a code that is none (see `has`).
   */
  rateOf(code: string): string {
    if (code === BASE) return '1';
    const rate = this.has(code) ? this.table.rates[code] : undefined;
    if (rate === undefined) throw new RangeError(`There is no currency ${code}.`);
    return rate;
  }

  /**
   * Whether there is such a currency.
   * @throws Refusal `service_unavailable` while none is known yet.
   */
  has(code: string): boolean {
    if (code === BASE) return true;
    if (this.table.revision === 0) throw new Refusal('service_unavailable', { cause: 'no currency rates yet' });
    return Object.hasOwn(this.table.rates, code);
  }

  private take(table: RateTable): void {
    if (table.revision > this.table.revision) this.table = table;
  }

  private async refresh(): Promise<void> {
    try {
      this.take(await this.store.load());
      if (this.table.revision === 0) void this.ask();
    } catch (error) {
      this.log.warn('The currency rates could not be read', { error });
    }
    if (this.ended) return;
    const wait = this.table.revision === 0 ? IMPATIENT : REFRESH;
    this.timer = setTimeout(() => void this.refresh(), wait).unref();
  }

  /** A new service asks auth instead of waiting for the stream. */
  private async ask(): Promise<void> {
    try {
      const table = await this.bus.call(currencies.rates, {}, internalCaller());
      this.take(table);
      await this.store.keep(table);
    } catch (error) {
      this.log.debug('The currency rates could not be asked for', { error });
    }
  }
}

import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { workforceWorkers } from '@open-cpo/contracts';
import { Bus, internalCaller } from '@open-cpo/messaging';
import { Transactions } from '@open-cpo/persistence';
import { Log } from '@open-cpo/platform';
import { Accounts } from '../accounts/accounts';
import { OrderBook } from '../orders/order-book';
import { type CardToLookUp, SessionsRepository } from './sessions.repository';

/** Milliseconds before what was missing is asked for again. */
const EVERY = 5000;
const BATCH = 200;

/**
 * Sessions that cannot go on before somebody else has answered: stations what power center it is, workforce whose card
 * was shown, auth what the owner's currency is. They hold up nobody.
 */
@Injectable()
export class HeldSessions implements OnApplicationBootstrap, OnModuleDestroy {
  private timer?: NodeJS.Timeout;
  private running?: Promise<void>;
  private again = false;
  private ended = false;

  constructor(
    private readonly transactions: Transactions,
    private readonly sessions: SessionsRepository,
    private readonly accounts: Accounts,
    private readonly bus: Bus,
    private readonly log: Log,
    private readonly book: OrderBook,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => this.poke(), EVERY).unref();
  }

  async onModuleDestroy(): Promise<void> {
    this.ended = true;
    clearInterval(this.timer);
    await this.running;
  }

  /** Something may have become known. */
  poke(): void {
    if (this.ended) return;
    this.again = this.running !== undefined;
    this.running ??= this.run().finally(() => {
      this.running = undefined;
      if (this.again) this.poke();
    });
  }

  private async run(): Promise<void> {
    try {
      if ((await this.sessions.held('', 1)).length === 0) return;
      await this.accounts.learn();
      for (const card of await this.sessions.cards(BATCH)) await this.lookUp(card);
    } catch (error) {
      this.log.warn('Sessions wait for what others know', { error });
    }
    await this.goOn();
  }

  private async goOn(): Promise<void> {
    try {
      for (let after: string | undefined = ''; after !== undefined && !this.ended;) {
        const from: string = after;
        after = await this.transactions.run(async () => {
          const ids = await this.sessions.held(from, BATCH);
          if (ids.length > 0) await this.book.advance(ids);
          return ids.length === BATCH ? ids.at(-1) : undefined;
        });
      }
    } catch (error) {
      this.log.warn('Held sessions could not go on', { error });
    }
  }

  private async lookUp({ session_id, rfid, accountId, day }: CardToLookUp): Promise<void> {
    const { state, worker } = await this.bus.call(workforceWorkers.byCard, { accountId, rfid, day }, internalCaller());
    // Cash that was taken with a card that is not valid is nobody's.
    await this.sessions.cardDone(session_id, state === 'known' && worker ? worker.id : null);
  }
}

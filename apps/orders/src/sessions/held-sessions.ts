import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Refusal, workforceWorkers } from '@open-cpo/contracts';
import { Bus, internalCaller } from '@open-cpo/messaging';
import { Sweeps } from '@open-cpo/persistence';
import { Log } from '@open-cpo/platform';
import { Accounts } from '../accounts/accounts';
import { OrderReconciler } from '../orders/order-reconciler';
import { type CardToLookUp, SessionsRepository } from './sessions.repository';

/** Milliseconds before what was missing is asked for again. */
const INTERVAL_MS = 5000;
const BATCH_SIZE = 200;

/**
 * Sessions that cannot go on before somebody else has answered: stations what power center it is, workforce whose card
 * was shown, auth what the owner's currency is. They block no others.
 */
@Injectable()
export class HeldSessions implements OnApplicationBootstrap, OnModuleDestroy {
  private timer?: NodeJS.Timeout;
  private running?: Promise<void>;
  private again = false;
  private ended = false;

  constructor(
    private readonly sessions: SessionsRepository,
    private readonly accounts: Accounts,
    private readonly bus: Bus,
    private readonly log: Log,
    private readonly book: OrderReconciler,
    private readonly sweeps: Sweeps,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => this.poke(), INTERVAL_MS).unref();
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
      await this.accounts.learn().catch((error: unknown) => this.log.warn('Sessions wait for auth', { error }));
      const cards = await this.sessions.cards(BATCH_SIZE);
      const idOf = ({ session_id }: CardToLookUp): string => session_id;
      for (const card of cards)
        await this.lookUp(card, (work) => this.sweeps.over({ name: 'cards', items: [card], idOf, work }));
    } catch (error) {
      this.log.warn('Sessions wait for what others know', { error });
    }
    await this.goOn();
  }

  private async goOn(): Promise<void> {
    try {
      for (let after: string | undefined = ''; after !== undefined && !this.ended;) {
        const ids = await this.sessions.held(after, BATCH_SIZE);
        await this.sweeps.over({ name: 'held-sessions', items: ids, idOf: String, work: (some) => this.advance(some) });
        after = ids.length === BATCH_SIZE ? ids.at(-1) : undefined;
      }
    } catch (error) {
      this.log.warn('Held sessions could not go on', { error });
    }
  }

  private async advance(ids: readonly string[]): Promise<void> {
    await this.book.advance(ids);
  }

  /** What workforce refuses is a failure of this card alone. Nobody is asked from within a transaction. */
  private async lookUp(card: CardToLookUp, dealWith: (work: () => Promise<void>) => Promise<number>): Promise<void> {
    const { rfid, accountId, day } = card;
    const refused = (error: unknown): Refusal => {
      if (error instanceof Refusal && error.kind !== 'unavailable' && error.kind !== 'deadline') return error;
      throw error;
    };
    const found = await this.bus
      .call(workforceWorkers.byCard, { accountId, rfid, day }, internalCaller())
      .catch(refused);
    await dealWith(async () => {
      if (found instanceof Refusal) throw found;
      const { state, worker } = found;
      // Cash that was taken with an invalid card belongs to no worker.
      await this.sessions.cardDone(card, state === 'known' && worker ? worker.id : null);
    });
  }
}

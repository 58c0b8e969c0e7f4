import { Injectable } from '@nestjs/common';
import type { Command } from '@open-cpo/ocpp';
import { Transactions } from '@open-cpo/persistence';
import { Log, Periodic } from '@open-cpo/platform';
import { ChargersConfig } from '../config';
import { CommandsRepository } from './commands.repository';
import { Dispatcher } from './dispatcher';
import { withRegister, withoutLast } from './measurands';
import { DIFFERENT_SETTINGS, DUE_CHARGERS, LOOKED_AT, UNREAD_SETTINGS } from './standard-setting.queries';

const INTERVAL_MS = 60_000;

interface Unread {
  readonly id: number;
  readonly account_id: number;
  readonly key: string;
}

interface Different extends Unread {
  readonly kind: 'heartbeat' | 'measurands';
  /** As the charger reported it. */
  readonly value: string;
  /** What the platform has sent, and the charger has refused. */
  readonly refused: string | null;
}

/**
 * Sets what the platform needs: the interval of heartbeats, which some chargers do not take from the answer to their boot, and
 * readings of the energy register. Some chargers restart, or break off, at a change: they are asked by key, only what differs is
 * set, one at a time, and what was sent once is not sent again.
 */
@Injectable()
export class StandardSettings extends Periodic {
  constructor(
    private readonly repository: CommandsRepository,
    private readonly transactions: Transactions,
    private readonly dispatcher: Dispatcher,
    private readonly config: ChargersConfig,
    log: Log,
  ) {
    super(INTERVAL_MS, log);
  }

  /** Makes the commands that are due, one of a charger; answers how many. */
  run(): Promise<number> {
    return this.transactions.run(async () => {
      const due = (await this.transactions.query<{ id: number }>(DUE_CHARGERS)).map(({ id }) => id);
      if (due.length === 0) return 0;
      const asked = new Set<number>();
      for (const one of await this.transactions.query<Different>(DIFFERENT_SETTINGS, [due, this.heartbeat])) {
        await this.ask(asked, one, { type: 'configure', key: one.key, value: this.wanted(one) });
      }
      for (const one of await this.transactions.query<Unread>(UNREAD_SETTINGS, [due])) {
        await this.ask(asked, one, { type: 'read_configuration', key: one.key });
      }
      await this.transactions.query(LOOKED_AT, [due, [...asked]]);
      return asked.size;
    });
  }

  private get heartbeat(): string {
    return String(this.config.chargersHeartbeatSeconds);
  }

  private wanted({ kind, value, refused }: Different): string {
    if (kind === 'heartbeat') return this.heartbeat;
    return refused === null ? withRegister(value) : withoutLast(refused);
  }

  private async ask(
    asked: Set<number>,
    { id: chargerId, account_id: accountId }: Unread,
    command: Command,
  ): Promise<void> {
    if (asked.has(chargerId)) return;
    asked.add(chargerId);
    const id = await this.repository.add({ accountId, chargerId, command, state: 'queued' });
    this.dispatcher.dispatchAfterCommit(id, chargerId);
  }
}

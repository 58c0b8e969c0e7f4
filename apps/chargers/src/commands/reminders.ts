import { Injectable } from '@nestjs/common';
import type { Command } from '@open-cpo/ocpp';
import { Transactions } from '@open-cpo/persistence';
import { Log, Periodic } from '@open-cpo/platform';
import { CommandsRepository } from './commands.repository';
import { Dispatcher } from './dispatcher';

const INTERVAL_MS = 60_000;
const BATCH = 100;

interface Unsaid {
  readonly id: number;
  readonly account_id: number;
}

const CONNECTED = 'c.deleted_at is null and c.disconnected_at is null';
const NOT_ASKED = (message: string, more: string): string => `not exists (
  select from commands m where m.account_id = c.account_id and m.charger_id = c.id and m.type = 'trigger'
    and m.request ->> 'message' = '${message}' and ${more})`;

/** Chargers that have connected without a boot, and have never had one: nothing is known of them. They are asked once. */
const WITHOUT_BOOT = `
  select c.id, c.account_id from chargers c
  where ${CONNECTED} and c.booted_at is null and c.connected_at < now() - interval '1 minute'
    and ${NOT_ASKED('BootNotification', 'true')}
  order by c.id limit ${BATCH} for no key update of c skip locked`;

/** Bursts of such questions make a bad connection worse: a charger gets one in ten minutes. */
const NOT_ASKED_LATELY = `not exists (
  select from commands m where m.account_id = c.account_id and m.charger_id = c.id and m.type = 'trigger'
    and m.user_id is null and m.created_at > now() - interval '10 minutes')`;

/**
 * Connectors that finish for ten minutes, or are free for as long while a session goes on there: their status, or the end of the
 * session, was lost. They are asked four times a day at most, one of a charger at a time.
 */
const STUCK = `
  select c.id, c.account_id, k.number from chargers c join connectors k on k.charger_id = c.id and k.number > 0
  where ${CONNECTED} and c.connected_at < now() - interval '10 minutes' and k.reported_at < now() - interval '10 minutes'
    and (k.status = 'Finishing' or k.status = 'Available' and exists (
      select from transactions t where t.charger_id = c.id and t.stopped_at is null and t.connector = k.number
        and greatest(t.started_at, t.last_read_at) < k.reported_at))
    and ${NOT_ASKED_LATELY}
    and ${NOT_ASKED('StatusNotification', `m.request ->> 'connector' = k.number::text and m.created_at > now() - interval '6 hours'`)}
  order by c.id, k.number limit ${BATCH} for no key update of c skip locked`;

/** Asks chargers for what they should have said: for a boot that is missing, and for statuses that cannot be right any more. */
@Injectable()
export class Reminders extends Periodic {
  constructor(
    private readonly repository: CommandsRepository,
    private readonly transactions: Transactions,
    private readonly dispatcher: Dispatcher,
    log: Log,
  ) {
    super(INTERVAL_MS, log);
  }

  /** Makes the commands that are due; answers how many. */
  run(): Promise<number> {
    return this.transactions.run(async () => {
      const boots = await this.transactions.query<Unsaid>(WITHOUT_BOOT);
      for (const one of boots) await this.ask(one, { type: 'trigger', message: 'BootNotification' });
      const found = await this.transactions.query<Unsaid & { number: number }>(STUCK);
      const stuck = found.filter(({ id }, n) => id !== found[n - 1]?.id);
      for (const one of stuck) {
        await this.ask(one, { type: 'trigger', message: 'StatusNotification', connector: one.number });
      }
      return boots.length + stuck.length;
    });
  }

  private async ask({ id: chargerId, account_id: accountId }: Unsaid, command: Command): Promise<void> {
    const id = await this.repository.add({ accountId, chargerId, command, state: 'queued' });
    this.dispatcher.dispatchAfterCommit(id, chargerId);
  }
}

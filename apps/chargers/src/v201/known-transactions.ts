import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { readTime, v201 } from '@open-cpo/ocpp';
import { CommandsRepository } from '../commands/commands.repository';
import type { ChargerContext } from '../sockets/charger-context';
import { inWh } from '../transactions/metering';
import { hasEnded } from './remote-sessions';
import { type RemoteTransaction, TransactionEventsRepository } from './transaction-events.repository';

/** For how long a `Started` is repeated in other words. */
const REPEATED_MS = 10 * 60_000;

/** By which an event is recognised when it is repeated. */
export const contentKey = (value: v201.TransactionEvent): Buffer =>
  createHash('sha256').update(v201.eventKey(value)).digest();

/** Finds the transactions that events are of. */
@Injectable()
export class KnownTransactions {
  constructor(
    private readonly repository: TransactionEventsRepository,
    private readonly commands: CommandsRepository,
  ) {}

  /**
   * That of the charger's id. An id that is used again is another transaction, also when the end of the one before has not come:
   * some chargers restart their count after a loss of power.
   */
  async of(
    context: ChargerContext,
    remoteId: string,
    value: v201.TransactionEvent,
  ): Promise<RemoteTransaction | undefined> {
    const [newest, before] = await this.repository.newest(context, remoteId);
    if (!newest) return undefined;
    const { at: said, quirk } = readTime(value.timestamp);
    const at = said === undefined || quirk === 'time_before_2020' ? undefined : said + context.clock.offset;
    if (before && at !== undefined && at < +newest.started_at) {
      if (before.provisional || at <= +(before.stopped_at ?? 0)) return before;
    }
    if (value.type !== 'Started' || !(await this.isAnother(newest, value, at))) return newest;
    context.note(['transaction_id_used_again']);
    await this.repository.overtake(newest.id);
    await this.commands.overtaken(newest.id);
    return undefined;
  }

  /**
   * Whether a `Started` is that of another transaction: of one that has begun. It comes later than all that was said of that one, or
   * after its end; where its time says nothing, a transaction has one `Started`.
   */
  private async isAnother(
    newest: RemoteTransaction,
    value: v201.TransactionEvent,
    at: number | undefined,
  ): Promise<boolean> {
    const starts = await this.repository.starts(newest.id, contentKey(value));
    if (!starts || (starts.repeated && at !== undefined) || isSameBegin(newest, value, at)) return false;
    if (at === undefined) return starts.begun;
    return starts.begun ? at > +starts.newest || hasEnded(newest) : at > +starts.newest && !newest.undecided;
  }
}

/** Whether a `Started` is that of the transaction in other words: some chargers say another time when they repeat it. */
function isSameBegin(
  transaction: RemoteTransaction,
  { readings, token }: v201.TransactionEvent,
  at: number | undefined,
): boolean {
  const { started_at, start_wh, id_tag } = transaction;
  const register = (readings.find(({ context }) => context === 'begin') ?? readings[0])?.wh;
  const isNear = at === undefined || Math.abs(at - +started_at) < REPEATED_MS;
  const hasRegister = register === undefined || start_wh === null || inWh(register, transaction) === start_wh;
  return isNear && hasRegister && (token === undefined || id_tag === null || id_tag === token.tag);
}

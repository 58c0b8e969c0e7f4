import { Injectable } from '@nestjs/common';
import { Transactions } from '@open-cpo/persistence';
import type { ChargerContext } from '../sockets/charger-context';
import { StaleSocket } from './stale-socket';

const LOCK = `
  select 1 from chargers where id = $1 and generation = $2 and deleted_at is null for no key update`;

// In the order of their ids, as all that locks several.
const LOCK_ALL = `
  select c.id from chargers c join unnest($1::int[], $2::bigint[]) as s (id, generation)
    on s.id = c.id and s.generation = c.generation
  where c.deleted_at is null order by c.id for no key update of c`;

/** Whether a socket is still the one of its charger. */
@Injectable()
export class CurrentSockets {
  constructor(private readonly transactions: Transactions) {}

  /**
   * Locks the charger for the rest of the transaction, so that messages of one charger are handled one after the other also
   * over two sockets.
   * @throws StaleSocket when a newer socket has taken over, or the charger was removed
   */
  async lock({ id, generation }: ChargerContext): Promise<void> {
    const rows = await this.transactions.query(LOCK, [id, generation], 'chargers.lock');
    if (rows.length === 0) throw new StaleSocket();
  }

  /** The same for one socket each of several chargers; answers the ids of those whose socket is current. */
  async lockAll(sockets: readonly Pick<ChargerContext, 'id' | 'generation'>[]): Promise<Set<number>> {
    const params = [sockets.map(({ id }) => id), sockets.map(({ generation }) => generation)];
    const rows = await this.transactions.query<{ id: number }>(LOCK_ALL, params, 'chargers.lock-all');
    return new Set(rows.map(({ id }) => id));
  }
}

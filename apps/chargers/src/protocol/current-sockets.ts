import { Injectable } from '@nestjs/common';
import { Transactions } from '@open-cpo/persistence';
import type { ChargerContext } from '../sockets/charger-context';
import { StaleSocket } from './stale-socket';

const LOCK = `
  select 1 from chargers where id = $1 and generation = $2 and deleted_at is null for no key update`;

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
    const rows = await this.transactions.query(LOCK, [id, generation]);
    if (rows.length === 0) throw new StaleSocket();
  }
}

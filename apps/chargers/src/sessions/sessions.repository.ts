import { Injectable } from '@nestjs/common';
import type { ChargerSession } from '@open-cpo/contracts';
import { Transactions } from '@open-cpo/persistence';
import * as sql from './session.queries';

/** What is known of a connector at which a session is asked for. */
export interface ConnectorUse {
  /** Whether one is being started there. */
  readonly starting: boolean;
  readonly charging: boolean;
  /** In the words of OCPP; null where it was never reported. */
  readonly status: string | null;
  /** That of the charger itself. */
  readonly charger_status: string | null;
}

/** Sessions that were asked for: each is a command to start. */
@Injectable()
export class SessionsRepository {
  constructor(private readonly transactions: Transactions) {}

  one(accountId: number, chargerId: number, id: number): Promise<ChargerSession | undefined> {
    return this.transactions.first<ChargerSession>(sql.ONE, [accountId, chargerId, id]);
  }

  async connector(accountId: number, chargerId: number, number: number): Promise<ConnectorUse> {
    const row = await this.transactions.first<ConnectorUse>(sql.CONNECTOR, [accountId, chargerId, number]);
    return row ?? { starting: false, charging: false, status: null, charger_status: null };
  }
}

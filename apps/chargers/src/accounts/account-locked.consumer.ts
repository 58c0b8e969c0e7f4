import { Injectable } from '@nestjs/common';
import { type AccountLocked, accountLocked } from '@open-cpo/contracts';
import { Consumes } from '@open-cpo/events';
import { Transactions } from '@open-cpo/persistence';

const LOCK = 'insert into account_locks (account_id) values ($1) on conflict do nothing';
const UNLOCK = 'delete from account_locks where account_id = $1';

/** Chargers of a locked account have no connection; they keep what they have to say, and say it when it is unlocked. */
@Injectable()
export class AccountLockedConsumer {
  constructor(private readonly transactions: Transactions) {}

  @Consumes(accountLocked, { as: 'chargers-accounts-locked' })
  async locked({ account_id, locked }: AccountLocked): Promise<void> {
    await this.transactions.query(locked ? LOCK : UNLOCK, [account_id]);
  }
}

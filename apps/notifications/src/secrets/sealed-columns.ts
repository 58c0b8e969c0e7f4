import { Injectable } from '@nestjs/common';
import { type SealedColumn, SealedColumns } from '@open-cpo/persistence';
import { Secrets } from './secrets';

/** What notifications keeps sealed: the signing keys of webhooks. */
@Injectable()
export class NotificationsSealedColumns extends SealedColumns {
  readonly all: readonly SealedColumn[];

  constructor(secrets: Secrets) {
    super();
    const reseal = (sealed: Buffer, accountId: number) => secrets.reseal(accountId, sealed);
    const key = { column: 'id', type: 'integer' } as const;
    this.all = [{ table: 'webhooks', column: 'secrets', key, account: 'account_id', reseal }];
  }
}

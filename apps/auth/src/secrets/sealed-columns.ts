import { Injectable } from '@nestjs/common';
import { type SealedColumn, SealedColumns } from '@open-cpo/persistence';
import { type SecretPurpose, Secrets } from './secrets';

/** What auth keeps sealed. Keyed hashes (codes, networks of devices) cannot be computed again and are not among them. */
@Injectable()
export class AuthSealedColumns extends SealedColumns {
  readonly all: readonly SealedColumn[];

  constructor(secrets: Secrets) {
    super();
    const reseal = (purpose: SecretPurpose) => (sealed: Buffer) => secrets.reseal(purpose, sealed);
    this.all = [
      {
        table: 'totp_factors',
        column: 'secret',
        key: { column: 'user_id', type: 'integer' },
        reseal: reseal('totp'),
      },
      { table: 'emails', column: 'params', key: { column: 'id', type: 'bigint' }, reseal: reseal('emails') },
      { table: 'signing_keys', column: 'sealed', key: { column: 'kid', type: 'text' }, reseal: reseal('signing-keys') },
    ];
  }
}

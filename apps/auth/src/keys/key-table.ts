import { Injectable } from '@nestjs/common';
import { Transactions } from '@open-cpo/persistence';
import { Secrets } from '../secrets/secrets';
import { type Jwk, newKey } from './key-set';

const LOCK = 7_164_210;

/** The keys that a development system makes for itself, the newest first. */
@Injectable()
export class KeyTable {
  constructor(
    private readonly transactions: Transactions,
    private readonly secrets: Secrets,
  ) {}

  /** Of replicas that start at once, one makes the first key. */
  async read(): Promise<Jwk[]> {
    const found = await this.all();
    if (found.length > 0) return found;
    return this.transactions.run(async () => {
      await this.transactions.query('select pg_advisory_xact_lock($1)', [LOCK]);
      const others = await this.all();
      return others.length > 0 ? others : [await this.add()];
    });
  }

  /** A further key, which signs from now on. */
  async add(): Promise<Jwk> {
    const jwk = newKey();
    const sealed = this.secrets.seal('signing-keys', JSON.stringify(jwk));
    await this.transactions.query('insert into signing_keys (kid, sealed) values ($1, $2)', [jwk.kid, sealed]);
    return jwk;
  }

  private async all(): Promise<Jwk[]> {
    const rows = await this.transactions.query<{ sealed: Buffer }>(
      'select sealed from signing_keys order by created_at desc, kid',
    );
    return rows.map(({ sealed }) => JSON.parse(this.secrets.unseal('signing-keys', sealed)) as Jwk);
  }
}

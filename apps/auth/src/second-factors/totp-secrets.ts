import { Injectable } from '@nestjs/common';
import { Refusal } from '@open-cpo/contracts';
import { Log } from '@open-cpo/platform';
import { Secrets } from '../secrets/secrets';
import { FactorTables } from './factors.repository';

/** Secrets of authenticator apps, as stored. */
@Injectable()
export class TotpSecrets {
  constructor(
    private readonly tables: FactorTables,
    private readonly secrets: Secrets,
    private readonly log: Log,
  ) {}

  /** Nothing where no app is set up, or (`isConfirmed`: false) proposed. @throws Refusal `authenticator_unreadable` */
  async of(userId: number, isConfirmed: boolean): Promise<string | undefined> {
    const totp = await this.tables.totp(userId);
    if (!totp || (totp.confirmedAt !== null) !== isConfirmed) return undefined;
    try {
      return this.secrets.unseal('totp', totp.secret);
    } catch (error) {
      this.log.error('No key opens the secret of an authenticator app', { userId, error });
      throw new Refusal('authenticator_unreadable', { cause: error });
    }
  }

  seal(secret: string): Buffer {
    return this.secrets.seal('totp', secret);
  }
}

import { Injectable } from '@nestjs/common';
import { Transactions } from '@open-cpo/persistence';
import { Log, Periodic } from '@open-cpo/platform';
import { AuthConfig } from '../config';
import { LoginSessions } from './login-sessions.repository';
import { Revocations } from './revocations';

const INTERVAL_MS = 60_000;
const BATCH_SIZE = 100;

/** Ends sessions that were not used for longer than `SESSION_IDLE_SECONDS`: their tokens are revoked everywhere. */
@Injectable()
export class IdleSessions extends Periodic {
  constructor(
    private readonly config: AuthConfig,
    private readonly transactions: Transactions,
    private readonly logins: LoginSessions,
    private readonly revocations: Revocations,
    log: Log,
  ) {
    super(INTERVAL_MS, log);
  }

  /** Does it now; what one replica has locked, another leaves alone. */
  async run(): Promise<void> {
    try {
      for (let full = true; full;) full = (await this.transactions.run(() => this.endSome())) === BATCH_SIZE;
    } catch (error) {
      this.log.warn('Idle sessions were not ended', { error });
    }
  }

  private async endSome(): Promise<number> {
    const idle = await this.logins.idle(this.config.sessionIdleSeconds, BATCH_SIZE);
    for (const { id, userId } of idle) await this.revocations.endLogin(id, userId);
    return idle.length;
  }
}

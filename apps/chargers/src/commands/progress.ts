import { Injectable } from '@nestjs/common';
import { Transactions } from '@open-cpo/persistence';
import { cut } from '../messages/storable';
import type { ChargerContext } from '../sockets/charger-context';
import { PROGRESS } from './command.queries';

/** What says that an upload or an update has been done, or that it has not. */
const DONE = ['uploaded', 'installed'];
const FAILED = /fail|invalid|revoked|badmessage|notsupported|denied|canceled/i;
/** What chargers say that are asked, when nothing goes on. */
const IDLE = 'idle';
const MAX_STATUS = 50;

/** How far uploads and updates of chargers have come. */
@Injectable()
export class Progress {
  constructor(private readonly transactions: Transactions) {}

  /** `command`: the one that the charger names; without it the newest one counts. */
  async report(
    { accountId, id }: ChargerContext,
    type: 'diagnostics' | 'firmware',
    { status, command = null }: { readonly status?: string; readonly command?: number | null },
  ): Promise<object> {
    const given = status?.toLowerCase() ?? IDLE;
    if (status === undefined || given === IDLE) return {};
    const outcome = [DONE.includes(given), FAILED.test(given)];
    await this.transactions.query(PROGRESS, [accountId, id, type, cut(status, MAX_STATUS), ...outcome, command]);
    return {};
  }
}

import { Injectable } from '@nestjs/common';
import { type CommandType, Refusal } from '@open-cpo/contracts';
import { Transactions } from '@open-cpo/persistence';
import { UNSUPPORTED } from './command.queries';

/** What of a command a charger may not have. */
interface Needed {
  readonly type: CommandType;
  readonly log?: string;
  readonly signing?: object;
}

/** What chargers have said that they do not have. */
@Injectable()
export class Support {
  constructor(private readonly transactions: Transactions) {}

  /** @throws Refusal `conflict` where the charger, since it has started, has said that it cannot do it */
  async ensure(accountId: number, chargerId: number, { type, log, signing }: Needed): Promise<void> {
    // The extension is something else: a charger may have one and not the other.
    const params = [accountId, chargerId, type, log ?? null, signing !== undefined];
    const known = await this.transactions.query(UNSUPPORTED, params);
    const message = 'The charger has answered that it does not support this.';
    if (known.length > 0) throw new Refusal('conflict', { message });
  }
}

import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { executePayout, type FieldErrors, type Identity } from '@open-cpo/contracts';
import { CurrencyRates, Outbox } from '@open-cpo/persistence';
import { Ledger } from '../ledger/ledger';
import { payoutEntry } from '../ledger/ledger.rules';
import { methodWithId } from '../methods/catalogue';
import { accountShown } from '../methods/method.views';
import { Methods } from '../methods/methods';
import type { MethodRow } from '../methods/methods.repository';
import { Providers } from '../providers/providers';
import { Secrets } from '../secrets/secrets';
import { PayoutNews } from './payout.news';
import { isPayable } from './payout.rules';
import { PENDING_ALREADY, PayoutsRepository } from './payouts.repository';

/** A payout that was asked for. */
export interface Requested {
  readonly id: number;
  readonly method: string;
  readonly amountUsd: string;
}

/** Turns an owner's whole balance into a payout. */
@Injectable()
export class Requesting {
  constructor(
    private readonly repository: PayoutsRepository,
    private readonly methods: Methods,
    private readonly ledger: Ledger,
    private readonly providers: Providers,
    private readonly secrets: Secrets,
    private readonly rates: CurrencyRates,
    private readonly outbox: Outbox,
    private readonly news: PayoutNews,
  ) {}

  /**
   * All in the transaction of the request: the payout, its reserve in the ledger, and the job. Whoever asks at the same
   * moment waits for the owner's lock and finds the payout pending.
   */
  async request(methodId: number | undefined, owner: Identity, errors: FieldErrors): Promise<Requested> {
    const { accountId } = owner;
    await this.ledger.lock([accountId]);
    const method = await this.chosen(methodId, accountId, errors);
    const { payable: amountUsd } = await this.ledger.balance(accountId);
    if (!isPayable(amountUsd)) errors.add('balance', 'The balance is not enough for a payout.');
    errors.throwIfAny();
    return this.reserve(method as MethodRow, owner, amountUsd);
  }

  private async chosen(
    methodId: number | undefined,
    accountId: number,
    errors: FieldErrors,
  ): Promise<MethodRow | undefined> {
    if (await this.repository.open(accountId)) errors.add('payout_method', PENDING_ALREADY);
    if (methodId === undefined) return undefined;
    const method = await this.methods.one(accountId, methodId);
    if (method && this.providers.offers(methodWithId(methodId).name)) return method;
    errors.add('payout_method', 'The selected payout method is invalid.');
    return undefined;
  }

  private async reserve(
    method: MethodRow,
    { accountId, userId, currency }: Identity,
    amountUsd: string,
  ): Promise<Requested> {
    const { name } = methodWithId(method.method_id);
    const provider = this.providers.of(name);
    const details = this.methods.detailsOf(method, accountId);
    const id = await this.repository.add({
      account_id: accountId,
      user_id: userId,
      method_id: method.method_id,
      provider: provider.name,
      provider_key: `payout-${this.secrets.installation}-${randomUUID()}`,
      provider_account: method.provider_account,
      account_shown: accountShown(method, details),
      recipient: this.secrets.seal('recipients', accountId, JSON.stringify(details)),
      amount_usd: amountUsd,
      currency,
      rate: this.rates.has(currency) ? this.rates.rateOf(currency) : '1',
      response: provider.manual ? 'The bank transfer is being made.' : 'The provider is being asked.',
      manual: provider.manual,
    });
    await this.ledger.post([payoutEntry('payout_requested', { id, accountId, amountUsd })]);
    await this.news.tell(id);
    if (!provider.manual) await this.outbox.job(executePayout, String(id), { id });
    return { id, method: name, amountUsd };
  }
}

import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { executePayout, type FieldErrors, type Identity } from '@open-cpo/contracts';
import { CurrencyRates, Outbox } from '@open-cpo/persistence';
import { Ledger, type OwnersMoney } from '../ledger/ledger';
import { payoutEntry } from '../ledger/ledger.rules';
import { methodWithId } from '../methods/catalogue';
import { minuteOf } from '../methods/delay';
import { accountShown } from '../methods/method.views';
import { Methods } from '../methods/methods';
import type { MethodRow } from '../methods/methods.repository';
import { Providers } from '../providers/providers';
import { Secrets } from '../secrets/secrets';
import { PayoutNews } from './payout.news';
import { isPayable, type Transferable, transferable } from './payout.rules';
import { PENDING_ALREADY, PayoutsRepository } from './payouts.repository';

/** A payout that was asked for. */
export interface Requested {
  readonly id: number;
  readonly method: string;
  readonly amountUsd: string;
  /** Where it goes, as far as that is shown. */
  readonly account: string;
  readonly notBefore: Date | null;
}

const BY_HAND = 'The bank transfer is being made.';
const ASKED = 'The provider is being asked.';
const waitingText = (until: Date): string =>
  `It waits until ${minuteOf(until)} UTC, because the payout method was changed.`;

/** Turns what can be transferred of an owner's balance into a payout. */
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
    const money = await this.ledger.balance(accountId);
    const part = this.transferable(money, method, owner);
    if (!isPayable(part.usd)) errors.add('balance', 'The balance is not enough for a payout.');
    errors.throwIfAny();
    return this.reserve(method as MethodRow, owner, part);
  }

  /** By the currency in which the provider moves it; without a method, in dollars. */
  private transferable(
    { payable: usd, payableEarned: earned }: OwnersMoney,
    method: MethodRow | undefined,
    { currency }: Identity,
  ): Transferable {
    const provider = method && this.providers.of(methodWithId(method.method_id).name);
    const transferIn = (provider ? provider.currency : 'USD') ?? currency;
    return transferable({ usd, earned, currency, rate: this.rateOf(currency), transferIn });
  }

  private rateOf(currency: string): string {
    return this.rates.has(currency) ? this.rates.rateOf(currency) : '1';
  }

  private async chosen(
    methodId: number | undefined,
    accountId: number,
    errors: FieldErrors,
  ): Promise<MethodRow | undefined> {
    if (await this.repository.open(accountId)) errors.add('payout_method', PENDING_ALREADY);
    if (methodId === undefined) return undefined;
    const method = await this.methods.one(accountId, methodId);
    if (method?.status === 'Rejected') {
      errors.add('payout_method', 'The payout method was rejected by its provider.');
      return undefined;
    }
    if (method && !method.stopped_at && this.providers.offers(methodWithId(methodId).name)) return method;
    errors.add('payout_method', 'The selected payout method is invalid.');
    return undefined;
  }

  private async reserve(
    method: MethodRow,
    { accountId, ownerId, currency }: Identity,
    { usd: amountUsd, amount, earned }: Transferable,
  ): Promise<Requested> {
    const { name } = methodWithId(method.method_id);
    const provider = this.providers.of(name);
    const details = this.methods.detailsOf(method, accountId);
    const { held_until } = method;
    const notBefore = held_until && held_until.getTime() > Date.now() ? held_until : null;
    const id = await this.repository.add({
      account_id: accountId,
      user_id: ownerId,
      method_id: method.method_id,
      provider: provider.name,
      provider_key: `payout-${this.secrets.installation}-${randomUUID()}`,
      provider_account: method.provider_account,
      account_shown: accountShown(method, details),
      recipient: this.secrets.seal('recipients', accountId, JSON.stringify(details)),
      amount_usd: amountUsd,
      currency,
      rate: this.rateOf(currency),
      amount,
      earned,
      response: notBefore ? waitingText(notBefore) : provider.manual ? BY_HAND : ASKED,
      not_before: notBefore,
      manual: provider.manual,
    });
    await this.ledger.post([payoutEntry('payout_requested', { id, accountId, amountUsd, earned })]);
    await this.news.tell(id);
    // One that waits is queued when its time has come (`StuckPayoutsSweeper`).
    if (!provider.manual && !notBefore) await this.outbox.job(executePayout, String(id), { id });
    return { id, method: name, amountUsd, account: accountShown(method, details), notBefore };
  }
}

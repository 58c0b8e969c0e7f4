import { Injectable } from '@nestjs/common';
import { type FieldErrors, type PayoutMethod, Refusal } from '@open-cpo/contracts';
import { Log, milliseconds } from '@open-cpo/platform';
import { PayoutsConfig } from '../config';
import { Providers } from '../providers/providers';
import { Secrets } from '../secrets/secrets';
import { AccountCountries } from './account-countries';
import { CATALOGUE, type CatalogueEntry, methodWithId, offeredIn } from './catalogue';
import type { Details } from './details';
import type { KeptDocument } from './documents';
import { addedView, availableView } from './method.views';
import { ALREADY_ADDED, type MethodRow, MethodsRepository } from './methods.repository';

/** Milliseconds that a link must still be good for to be handed out. */
const AHEAD = 60_000;
/** Accounts being made at a provider at the same time: each holds a connection to the database meanwhile. */
const MOST_OPENING = 2;

/** What somebody has entered of a method. */
export interface Entered {
  readonly details: Details;
  readonly document?: KeptDocument;
  readonly userId: number;
}

/** The methods that accounts have, and those that they may have. */
@Injectable()
export class Methods {
  private opening = 0;

  constructor(
    private readonly repository: MethodsRepository,
    private readonly providers: Providers,
    private readonly countries: AccountCountries,
    private readonly secrets: Secrets,
    private readonly config: PayoutsConfig,
    private readonly log: Log,
  ) {}

  async mine(accountId: number): Promise<PayoutMethod[]> {
    const rows = await this.repository.mine(accountId);
    const current = await Promise.all(rows.map((row) => this.withFreshLink(row)));
    return current.map((row) => {
      const details = this.detailsOf(row, accountId);
      return addedView(methodWithId(row.method_id), row, details, this.config.logosUrl);
    });
  }

  async available(accountId: number): Promise<PayoutMethod[]> {
    const country = await this.countries.of(accountId);
    const added = new Set((await this.repository.mine(accountId)).map(({ method_id }) => method_id));
    const offered = CATALOGUE.filter((entry) => this.offers(entry, country) && !added.has(entry.id));
    return offered.map((entry) => availableView(entry, this.config.logosUrl));
  }

  one(accountId: number, methodId: number): Promise<MethodRow | undefined> {
    return this.repository.one(accountId, methodId);
  }

  detailsOf({ details }: MethodRow, accountId: number): Details {
    return JSON.parse(this.secrets.unseal('details', accountId, details).toString()) as Details;
  }

  /** The account's country; what is in the way of adding a method is added to the errors. */
  async checkAddable(entry: CatalogueEntry, accountId: number, errors: FieldErrors): Promise<string> {
    const country = await this.countries.of(accountId);
    if (!this.offers(entry, country)) errors.add('payout_method_name', 'The selected payout method is invalid.');
    else if (await this.repository.one(accountId, entry.id)) errors.add('payout_method_name', ALREADY_ADDED);
    return country;
  }

  /** @throws Refusal `service_unavailable` when the provider is unavailable, or busy with others */
  async add(
    { id: method_id, name }: CatalogueEntry,
    accountId: number,
    country: string,
    { details, document, userId }: Entered,
  ): Promise<{ id: number; heldUntil: Date | null; providerAccount: string | null }> {
    const provider = this.providers.of(name);
    const { fullname, userType, email } = details;
    const opened = await this.fewAtATime(() => provider.open({ accountId, country, fullname, userType, email }));
    const heldUntil = this.heldUntil();
    const id = await this.repository.add({
      account_id: accountId,
      method_id,
      provider: provider.name,
      provider_account: opened.reference,
      status: opened.status,
      link: opened.link?.url ?? null,
      link_ends_at: opened.link?.endsAt ?? null,
      details: this.sealed(details, accountId),
      document: document?.document ?? null,
      document_type: document?.document_type ?? null,
      held_until: heldUntil,
      changed_by: userId,
    });
    return { id, heldUntil, providerAccount: opened.reference };
  }

  /** Until when payouts to it wait. What had been stopped is in use again, after the delay. */
  async change({ id }: MethodRow, accountId: number, { details, document, userId }: Entered): Promise<Date | null> {
    const held_until = this.heldUntil();
    const again = { held_until, stopped_at: null, stop_hash: null, changed_by: userId };
    await this.repository.change(id, { details: this.sealed(details, accountId), ...document, ...again });
    return held_until;
  }

  remove(id: number): Promise<void> {
    return this.repository.remove(id);
  }

  private heldUntil(): Date | null {
    const delay = milliseconds(this.config.payoutMethodDelay);
    return delay > 0 ? new Date(Date.now() + delay) : null;
  }

  private offers(entry: CatalogueEntry, country: string): boolean {
    return offeredIn(entry, country) && this.providers.offers(entry.name);
  }

  private sealed(details: Details, accountId: number): Buffer {
    return this.secrets.seal('details', accountId, JSON.stringify(details));
  }

  /** Links end after minutes; while the provider is unavailable the old one is better than no response. */
  private async withFreshLink(row: MethodRow): Promise<MethodRow> {
    const { id, method_id, provider_account, link_ends_at, status } = row;
    if (!provider_account || !link_ends_at || status === 'Active') return row;
    if (link_ends_at.getTime() > Date.now() + AHEAD) return row;
    try {
      const link = await this.providers.of(methodWithId(method_id).name).link(provider_account);
      if (!link) return row;
      await this.repository.keepLink(id, link);
      return { ...row, link: link.url };
    } catch (error) {
      this.log.warn('A link to a payout provider could not be renewed', { error });
      return row;
    }
  }

  private async fewAtATime<T>(work: () => Promise<T>): Promise<T> {
    if (this.opening >= MOST_OPENING) throw new Refusal('service_unavailable', { cause: 'too many at the provider' });
    this.opening += 1;
    try {
      return await work();
    } finally {
      this.opening -= 1;
    }
  }
}

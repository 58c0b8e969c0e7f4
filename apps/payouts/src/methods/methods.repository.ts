import { Injectable } from '@nestjs/common';
import type { PayoutMethodState } from '@open-cpo/contracts';
import { columnsOf, onUnique, type RowOf, Transactions } from '@open-cpo/persistence';
import type { OnboardingLink } from '../providers/provider';
import { PayoutMethodEntity } from './method.entity';

const COLUMNS = columnsOf(
  PayoutMethodEntity,
  'm',
  'id method_id provider_account status link link_ends_at details',
  'document_type held_until stopped_at',
);

/** An added method without its document, which is never read again but by people with the key. */
export type MethodRow = RowOf<typeof COLUMNS>;

export type NewMethod = Omit<
  PayoutMethodEntity,
  'id' | 'told_at' | 'stop_hash' | 'stopped_at' | 'created_at' | 'updated_at'
>;

export const ALREADY_ADDED = 'The payout method has already been added.';

const MINE = `select ${COLUMNS} from payout_methods m where account_id = $1 order by method_id`;
const ONE = `select ${COLUMNS} from payout_methods m where account_id = $1 and method_id = $2`;
const LINK = 'update payout_methods set link = $2, link_ends_at = $3 where id = $1';
// Held: two deliveries about one account are dealt with one after the other.
const TOLD_AT = 'select told_at from payout_methods where provider_account = $1 for update';
const STATE = `
  update payout_methods set status = $2, told_at = $3, updated_at = now()
  where provider_account = $1 and (told_at is null or told_at <= $3) returning 1`;

const taken = onUnique('payout_methods_once', 'payout_method_name', ALREADY_ADDED);

/** Every query about the methods that accounts have added. */
@Injectable()
export class MethodsRepository {
  constructor(private readonly transactions: Transactions) {}

  mine(accountId: number): Promise<MethodRow[]> {
    return this.transactions.query<MethodRow>(MINE, [accountId], 'methods.mine');
  }

  one(accountId: number, methodId: number): Promise<MethodRow | undefined> {
    return this.transactions.first<MethodRow>(ONE, [accountId, methodId], 'methods.one');
  }

  /** @throws Refusal `validation_failed` when it was added at the same moment */
  async add(method: NewMethod): Promise<number> {
    const { id } = await this.transactions.manager.save(PayoutMethodEntity, method).catch(taken);
    return id;
  }

  async change(id: number, data: Partial<Omit<PayoutMethodEntity, 'id'>>): Promise<void> {
    await this.transactions.manager.update(PayoutMethodEntity, { id }, { ...data, updated_at: new Date() });
  }

  async remove(id: number): Promise<void> {
    await this.transactions.manager.delete(PayoutMethodEntity, { id });
  }

  async keepLink(id: number, { url, endsAt }: OnboardingLink): Promise<void> {
    await this.transactions.run(() => this.transactions.query(LINK, [id, url, endsAt], 'methods.link'));
  }

  /** When the provider last spoke of an account; it is held until the end of the transaction. */
  async toldAt(providerAccount: string): Promise<Date | undefined> {
    const found = await this.transactions.first<{ told_at: Date | null }>(
      TOLD_AT,
      [providerAccount],
      'methods.told-at',
    );
    return found?.told_at ?? undefined;
  }

  /** What the provider said of an account, and when: an older word does not replace a newer one. */
  async keepState(providerAccount: string, status: PayoutMethodState, toldAt: Date): Promise<void> {
    await this.transactions.query(STATE, [providerAccount, status, toldAt], 'methods.state');
  }
}

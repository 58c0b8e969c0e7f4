import { Controller } from '@nestjs/common';
import {
  type Caller,
  type ComparedOrders,
  type CompareOrders,
  type ConfirmPayout,
  type HandlersOf,
  type LedgerProof,
  type Nothing,
  type PayoutCommand,
  type PayoutProgress,
  type PayoutRecipient,
  payoutsOperators,
  type PendingPayout,
  Refusal,
  type RejectPayout,
} from '@open-cpo/contracts';
import { Handles } from '@open-cpo/messaging';
import { Audit, inUnits } from '@open-cpo/persistence';
import { Ledger } from '../ledger/ledger';
import { methodWithId } from '../methods/catalogue';
import type { Details } from '../methods/details';
import { Execution } from '../payouts/execution';
import { PayoutsRepository, type PayoutStanding } from '../payouts/payouts.repository';
import { Secrets } from '../secrets/secrets';
import { LedgerProver } from './ledger-proof';
import { OrderProver } from './order-proof';

const subject = 'payout';
const STILL_HELD = 'It waits, because its payout method was added or changed lately.';
const NOT_BY_HAND = 'This payout is not one that an operator settles, or it is settled.';

/** Operations of the platform's staff on payouts; the broker's permissions refuse others. */
@Controller()
export class OperatorsHandler implements HandlersOf<typeof payoutsOperators> {
  constructor(
    private readonly prover: LedgerProver,
    private readonly orders: OrderProver,
    private readonly repository: PayoutsRepository,
    private readonly execution: Execution,
    private readonly ledger: Ledger,
    private readonly secrets: Secrets,
    private readonly audit: Audit,
  ) {}

  @Handles(payoutsOperators.prove)
  prove(_: Nothing): Promise<LedgerProof> {
    return this.prover.prove();
  }

  @Handles(payoutsOperators.compare)
  async compare(input: CompareOrders): Promise<ComparedOrders> {
    return { discrepancy: await this.orders.compare(input) };
  }

  @Handles(payoutsOperators.pending)
  async pending(_: Nothing): Promise<PendingPayout[]> {
    const rows = await this.repository.pending();
    return rows.map(({ method_id, amount, ...row }) => ({
      ...row,
      amount: inUnits(amount, row.currency),
      method: methodWithId(method_id).name,
    }));
  }

  @Handles(payoutsOperators.recipient)
  async recipient({ id, by }: PayoutCommand, caller: Caller): Promise<PayoutRecipient> {
    const found = await this.repository.recipient(id);
    if (!found) throw new Refusal('not_found');
    const details = this.secrets.unseal('recipients', found.account_id, found.recipient).toString();
    const {
      fullname,
      userType,
      address,
      TIN,
      id: identity,
      email,
      accountNumber,
      bic,
    } = JSON.parse(details) as Details;
    const of = { accountId: found.account_id };
    await this.audit.write({ subject, id, of, after: { by } }, caller);
    const account = { accountNumber: accountNumber ?? '', bic: bic ?? '' };
    return { fullname, userType, address, TIN, id: identity ?? '', email, ...account };
  }

  @Handles(payoutsOperators.confirm)
  async confirm({ id, reference, by }: ConfirmPayout, caller: Caller): Promise<PayoutProgress> {
    const of = await this.checkByHand(id);
    const progress = await this.execution.settle(id, 'paied', `Bank transfer ${reference}`);
    await this.audit.write({ subject, id, of, after: { reference, by } }, caller);
    return progress;
  }

  @Handles(payoutsOperators.reject)
  async reject({ id, reason, by }: RejectPayout, caller: Caller): Promise<PayoutProgress> {
    const of = await this.checkByHand(id);
    const progress = await this.execution.settle(id, 'failed', reason);
    await this.audit.write({ subject, id, of, after: { reason, by } }, caller);
    return progress;
  }

  /** Whose it is. A payout that a provider was asked for may have been paid by it: it alone settles that. */
  private async checkByHand(id: number): Promise<{ accountId: number }> {
    const { account_id } = await this.standing(id);
    // Of two operators at the same moment the second finds it settled, and leaves no audit entry.
    await this.ledger.lock([account_id]);
    const standing = await this.standing(id);
    if (standing.held) throw new Refusal('conflict', { message: STILL_HELD });
    if (!standing.manual || standing.status !== 'pending') throw new Refusal('conflict', { message: NOT_BY_HAND });
    return { accountId: account_id };
  }

  /** @throws Refusal `not_found` */
  private async standing(id: number): Promise<PayoutStanding> {
    const found = await this.repository.standing(id);
    if (!found) throw new Refusal('not_found');
    return found;
  }
}

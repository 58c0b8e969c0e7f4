import { Controller } from '@nestjs/common';
import {
  type Caller,
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
import { Audit } from '@open-cpo/persistence';
import { methodWithId } from '../methods/catalogue';
import type { Details } from '../methods/details';
import { Execution } from '../payouts/execution';
import { PayoutsRepository } from '../payouts/payouts.repository';
import { Secrets } from '../secrets/secrets';
import { LedgerProver } from './ledger-proof';

const subject = 'payout';
const NOT_BY_HAND = 'This payout is not one that an operator settles, or it is settled.';

/** The platform's own staff at work on payouts. The broker lets nobody else ask for this. */
@Controller()
export class OperatorsHandler implements HandlersOf<typeof payoutsOperators> {
  constructor(
    private readonly prover: LedgerProver,
    private readonly repository: PayoutsRepository,
    private readonly execution: Execution,
    private readonly secrets: Secrets,
    private readonly audit: Audit,
  ) {}

  @Handles(payoutsOperators.prove)
  prove(_: Nothing): Promise<LedgerProof> {
    return this.prover.prove();
  }

  @Handles(payoutsOperators.pending)
  async pending(_: Nothing): Promise<PendingPayout[]> {
    const rows = await this.repository.pending();
    return rows.map(({ method_id, ...row }) => ({ ...row, method: methodWithId(method_id).name }));
  }

  @Handles(payoutsOperators.recipient)
  async recipient({ id, by }: PayoutCommand, caller: Caller): Promise<PayoutRecipient> {
    const found = await this.repository.recipient(id);
    if (!found) throw new Refusal('not_found');
    const details = this.secrets.unseal('recipients', found.account_id, found.recipient).toString();
    const { fullname, userType, address, TIN, id: identity, email, accountNumber } = JSON.parse(details) as Details;
    await this.audit.write({ action: 'payouts.read-recipient', subject, id, after: { by } }, caller);
    return { fullname, userType, address, TIN, id: identity ?? '', email, accountNumber: accountNumber ?? '' };
  }

  @Handles(payoutsOperators.confirm)
  async confirm({ id, reference, by }: ConfirmPayout, caller: Caller): Promise<PayoutProgress> {
    await this.checkByHand(id);
    const progress = await this.execution.settle(id, 'paied', `Bank transfer ${reference}`);
    await this.audit.write({ action: 'payouts.confirm', subject, id, after: { reference, by } }, caller);
    return progress;
  }

  @Handles(payoutsOperators.reject)
  async reject({ id, reason, by }: RejectPayout, caller: Caller): Promise<PayoutProgress> {
    await this.checkByHand(id);
    const progress = await this.execution.settle(id, 'failed', reason);
    await this.audit.write({ action: 'payouts.reject', subject, id, after: { reason, by } }, caller);
    return progress;
  }

  /** What a provider was asked for may have been paid by it: nobody else settles that. */
  private async checkByHand(id: number): Promise<void> {
    const standing = await this.repository.standing(id);
    if (!standing) throw new Refusal('not_found');
    if (!standing.manual || standing.status !== 'pending') throw new Refusal('conflict', { message: NOT_BY_HAND });
  }
}

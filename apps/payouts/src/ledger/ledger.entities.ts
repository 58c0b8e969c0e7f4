import { type Earned, UsdColumn } from '@open-cpo/persistence';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';
import type { EntryKind, LedgerName } from './ledger.rules';

const now = { type: 'timestamptz', precision: null, default: () => 'now()' } as const;
const identity = { type: 'bigint', generatedIdentity: 'ALWAYS' } as const;

/** Why something was posted. The table takes new rows only; `Ledger` writes them. */
@Entity('ledger_transactions')
@Index('ledger_transactions_once', ['kind', 'reference', 'revision'], { unique: true })
@Check('ledger_transactions_kind', 'true')
export class LedgerTransaction {
  @PrimaryGeneratedColumn('identity', identity) id: string;
  @Column({ type: 'text' }) kind: EntryKind;
  @Column({ type: 'text' }) reference: string;
  @Column({ type: 'integer' }) revision: number;
  @Column({ type: 'integer' }) account_id: number;
  @Column({ type: 'text', nullable: true }) reason: string | null;
  @Column(now) happened_at: Date;
  @Column(now) created_at: Date;
}

/** One side of a transaction, in USD. The table takes new rows only, and of a transaction all at once or none. */
@Entity('ledger_postings')
@Index('ledger_postings_of_owner', { synchronize: false })
@ForeignKey(() => LedgerTransaction, ['transaction_id'], ['id'], { name: 'ledger_postings_transaction' })
@Check('ledger_postings_ledger', 'true')
@Check('ledger_postings_owner', 'true')
@Check('ledger_postings_amount', 'true')
export class LedgerPosting {
  @PrimaryColumn({ type: 'bigint' }) transaction_id: string;
  @PrimaryColumn({ type: 'text' }) ledger: LedgerName;
  @Column({ type: 'integer', nullable: true }) owner_id: number | null;
  /** From 1, without gaps, for each of an owner's accounts. */
  @Column({ type: 'integer', nullable: true }) entry: number | null;
  @UsdColumn() amount: string;
  /** Of an owner's posting: what it is at the rates of the orders, by the currency that they were settled in. */
  @Column({ type: 'jsonb', default: {} }) earned: Earned;
}

/** What an owner's account had come to after an entry. The table takes new rows only. */
@Entity('ledger_checkpoints')
export class LedgerCheckpoint {
  @PrimaryColumn({ type: 'text' }) ledger: LedgerName;
  @PrimaryColumn({ type: 'integer' }) owner_id: number;
  @PrimaryColumn({ type: 'integer' }) entry: number;
  @UsdColumn() balance: string;
  @Column({ type: 'jsonb', default: {} }) earned: Earned;
}

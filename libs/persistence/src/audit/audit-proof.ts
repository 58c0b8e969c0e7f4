import { Injectable } from '@nestjs/common';
import type { AuditPart, ProveAudit } from '@open-cpo/contracts';
import { commitmentTo } from './audit-personal';
import { Transactions } from '../transactions/transactions';

/** Entries that one call goes through: a statement has its time limit. */
const PART = 2000;

// Personal fields that are still kept are those that the entry is committed to; they may be gone.
const kept = (name: string): string =>
  `a.${name} ->> 'personal' is not distinct from ${commitmentTo('p.salt', `p.${name}`)}`;

// Begins with the entry that the part before ended with, which is there to be followed.
export const ENTRIES = `
  select chain, seq::float8 as seq, id::float8 as id,
    audit_hash(coalesce(previous, ''), entry) = hash and kept as right, seq = coalesce(previous_seq, 0) + 1 as follows
  from (
    select a as entry, a.chain, a.seq, a.id, a.hash, p.entry_id is null or (${kept('before')} and ${kept('after')}) as kept,
      lag(a.hash) over w as previous, lag(a.seq) over w as previous_seq
    from audit_log a left join audit_personal p on p.entry_id = a.id where (a.chain, a.seq) >= ($1, $2)
    window w as (partition by a.chain order by a.seq) order by a.chain, a.seq limit $3
  ) entries order by chain, seq`;

// One statement, and so one moment: heads move with every entry.
const HEADS = `
  select coalesce(h.chain, l.chain) as chain, h.seq::float8 as seq, l.seq::float8 as last,
    h.seq is not distinct from coalesce(l.seq, 0) and (l.seq is null or h.hash is not distinct from l.hash) as right,
    encode(h.hash, 'hex') as hash
  from audit_heads h full join (
    select distinct on (chain) chain, seq, hash from audit_log order by chain, seq desc) l on l.chain = h.chain
  order by 1`;

interface Entry {
  readonly chain: number;
  readonly seq: number;
  readonly id: number;
  readonly right: boolean;
  readonly follows: boolean;
}

interface Head {
  readonly chain: number;
  readonly seq: number | null;
  readonly last: number | null;
  readonly right: boolean;
  readonly hash: string;
}

/** Proves that no entry of the audit log was changed, removed or put in between. */
@Injectable()
export class AuditProof {
  constructor(private readonly transactions: Transactions) {}

  /** Goes through the next entries, and after the last of them compares where the chains end. */
  async part({ chain, seq }: ProveAudit): Promise<AuditPart> {
    const begun = typeof chain === 'number' && typeof seq === 'number';
    const rows = await this.transactions.query<Entry>(ENTRIES, [chain ?? 0, seq ?? 0, PART + 1]);
    // What comes first was looked at with the part before, and without the one that it follows.
    const fresh = begun ? rows.slice(1) : rows;
    const part = { entries: fresh.length, next_chain: null, next_seq: null, heads: null };
    if (begun && (rows[0]?.chain !== chain || rows[0].seq !== seq)) {
      return { ...part, discrepancy: `entry ${seq} of chain ${chain} is missing` };
    }
    const wrong = fresh.find((entry) => !entry.right || !entry.follows);
    if (wrong) return { ...part, discrepancy: discrepancyOf(wrong) };
    const last = rows.at(-1);
    if (rows.length === PART + 1 && last) {
      return { ...part, discrepancy: null, next_chain: last.chain, next_seq: last.seq };
    }
    return { ...part, ...(await this.ends()) };
  }

  private async ends(): Promise<Pick<AuditPart, 'discrepancy' | 'heads'>> {
    const all = await this.transactions.query<Head>(HEADS);
    const wrong = all.find((head) => !head.right);
    const heads = all.filter(({ seq }) => seq).map((head) => `${head.chain}:${head.seq}:${head.hash}`);
    if (!wrong) return { discrepancy: null, heads: heads.join(' ') };
    const { chain, seq, last } = wrong;
    return { discrepancy: `chain ${chain} ends with entry ${last ?? 0} and should with ${seq ?? 0}`, heads: null };
  }
}

const discrepancyOf = ({ id, chain, seq, follows }: Entry): string =>
  follows
    ? `entry ${seq} of chain ${chain} (id ${id}) was changed`
    : `before entry ${seq} of chain ${chain} one is missing`;

import { Injectable } from '@nestjs/common';
import type { Rebuilt } from '@open-cpo/contracts';
import { AccountCounts } from './account-counts';
import { PowerCenterFigures } from './power-center-figures';

/** What was found of one account or power center. */
export interface Recounted {
  /** Rows that were looked at. */
  readonly looked: number;
  readonly wrong: boolean;
}

/** Counts of a kind, in the order of their ids. */
export interface Recount {
  next(after: number, most: number): Promise<readonly number[]>;
  one(id: number): Promise<Recounted>;
}

/** Most accounts or power centers, and rows, that a command goes through: they are held until its end. */
const MAX_SHOWN = 50;
const MANY_ROWS = 200_000;

/** Recomputes counts and sums from their rows, a part at a time. */
@Injectable()
export class Rebuild {
  constructor(
    private readonly accounts: AccountCounts,
    private readonly powerCenters: PowerCenterFigures,
  ) {}

  /** Accounts first, then power centers; never both in one transaction, which others lock in another order. */
  async run(after: string | null): Promise<Rebuilt> {
    const [kind = '', from = '0'] = (after ?? 'accounts 0').split(' ');
    const recount: Recount = kind === 'accounts' ? this.accounts : this.powerCenters;
    const { rows, corrected, last } = await this.part(recount, Number(from));
    if (last !== null) return { rows, corrected, next: `${kind} ${last}` };
    return { rows, corrected, next: kind === 'accounts' ? 'power-centers 0' : null };
  }

  private async part(recount: Recount, after: number) {
    const ids = await recount.next(after, MAX_SHOWN);
    const done: Recounted[] = [];
    let looked = 0;
    for (const id of ids) {
      const found = await recount.one(id);
      done.push(found);
      looked += found.looked;
      if (looked >= MANY_ROWS) break;
    }
    const rows = done.length;
    const end = rows === ids.length && rows < MAX_SHOWN;
    return { rows, corrected: done.filter(({ wrong }) => wrong).length, last: end ? null : (ids[rows - 1] ?? null) };
  }
}

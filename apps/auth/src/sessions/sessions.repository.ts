import { Injectable } from '@nestjs/common';
import { Transactions } from '@open-cpo/persistence';

/** A token as the table knows it. */
export interface SessionRow {
  readonly id: string;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
}

const COLUMNS = 'id, issued_at as "issuedAt", expires_at as "expiresAt"';
const ADD = 'insert into sessions (id, user_id, issued_at, expires_at) values ($1, $2, $3, $4)';
// Of several at once, one ends it.
const END = `
  update sessions set ended_at = now() where id = $1 and user_id = $2 and ended_at is null returning ${COLUMNS}`;
const END_ALL = `
  update sessions set ended_at = now()
  where user_id = $1 and ended_at is null and expires_at > now() and id is distinct from $2::uuid
  returning ${COLUMNS}`;

/** The tokens that were handed out. */
@Injectable()
export class Sessions {
  constructor(private readonly transactions: Transactions) {}

  async add(userId: number, { id, issuedAt, expiresAt }: SessionRow): Promise<void> {
    await this.transactions.query(ADD, [id, userId, issuedAt, expiresAt], 'sessions.add');
  }

  /** The token that ended, unless it had before. */
  end(id: string, userId: number): Promise<SessionRow | undefined> {
    return this.transactions.first<SessionRow>(END, [id, userId], 'sessions.end');
  }

  endAll(userId: number, except?: string): Promise<SessionRow[]> {
    return this.transactions.query<SessionRow>(END_ALL, [userId, except ?? null], 'sessions.end-all');
  }
}

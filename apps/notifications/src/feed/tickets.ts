import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type FeedTicket, type Identity, Refusal, type TicketHolder } from '@open-cpo/contracts';
import { Transactions } from '@open-cpo/persistence';

/** Seconds. */
const LIFE = 60;
/** Unused tickets of one account. */
const MAX_TICKETS = 100;

const SWEEP = 'delete from feed_tickets where ends_at < now()';
const COUNT = 'select count(*)::int as unused from feed_tickets where account_id = $1';
const ADD = `
  insert into feed_tickets (hash, account_id, holder, ends_at)
  values ($1, $2, $3::jsonb, now() + make_interval(secs => ${LIFE}))`;
const TAKE = 'delete from feed_tickets where hash = $1 returning holder, ends_at > now() as good';

/** Tickets to one stream each. Kept by their hashes: what is in the table opens nothing. */
@Injectable()
export class Tickets {
  constructor(private readonly transactions: Transactions) {}

  async issue({ userId, accountId, sessionId, issuedAt, expiresAt }: Identity): Promise<FeedTicket> {
    if (sessionId === undefined || issuedAt === undefined || expiresAt === undefined)
      throw new Refusal('unauthenticated');
    await this.transactions.query(SWEEP);
    const counted = await this.transactions.first<{ unused: number }>(COUNT, [accountId], 'tickets.count');
    if ((counted?.unused ?? 0) >= MAX_TICKETS) throw new Refusal('too_many_requests', { retryAfter: LIFE });
    const ticket = randomBytes(32).toString('base64url');
    const holder: TicketHolder = { userId, sessionId, issuedAt, expiresAt };
    await this.transactions.query(ADD, [hashOf(ticket), accountId, JSON.stringify(holder)], 'tickets.add');
    return { ticket, expires_in: LIFE };
  }

  /** Of those who come with the same ticket at once, one gets in. @throws Refusal `unauthenticated` */
  async redeem(ticket: string): Promise<TicketHolder> {
    const found = await this.transactions.first<{ holder: TicketHolder; good: boolean }>(TAKE, [hashOf(ticket)]);
    if (!found?.good) throw new Refusal('unauthenticated');
    return found.holder;
  }
}

const hashOf = (ticket: string): Buffer => createHash('sha256').update(ticket).digest();

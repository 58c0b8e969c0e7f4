import { Injectable } from '@nestjs/common';
import { QueryGauges } from '@open-cpo/persistence';

const EMAILS = `
  select count(*) as open_cpo_emails_waiting,
    coalesce(extract(epoch from now() - min(created_at)), 0) as open_cpo_emails_oldest_seconds
  from emails where state = 'waiting'`;
const SESSIONS = `select count(*) as open_cpo_sessions_active from sessions where ended_at is null and expires_at > now()`;

/** What auth shows of its business. */
@Injectable()
export class AuthGauges {
  constructor(gauges: QueryGauges) {
    gauges.add({
      gauges: {
        open_cpo_emails_waiting: 'E-mails that are asked for and not sent yet.',
        open_cpo_emails_oldest_seconds: 'Age of the oldest e-mail that is not sent yet.',
      },
      query: EMAILS,
    });
    gauges.add({
      gauges: { open_cpo_sessions_active: 'Tokens that are neither expired nor ended.' },
      query: SESSIONS,
      goodFor: 60_000,
    });
  }
}

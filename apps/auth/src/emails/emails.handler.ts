import { Controller } from '@nestjs/common';
import {
  type EmailContent,
  type EmailFailed,
  type EmailId,
  emails,
  type EmailTemplate,
  type EmailToWrite,
  type HandlersOf,
  type Language,
  Refusal,
} from '@open-cpo/contracts';
import { Handles } from '@open-cpo/messaging';
import { Transactions } from '@open-cpo/persistence';
import { Secrets } from '../secrets/secrets';

interface Waiting {
  readonly recipient: string;
  readonly template: EmailTemplate;
  readonly params: Buffer;
  readonly language: Language;
  readonly dedupeKey: string;
  readonly state: string;
}

const WAITING = `
  select recipient, template, params, language, dedupe_key as "dedupeKey", state
  from emails where id = $1 and state in ('waiting', 'failed', $2) and params is not null and expires_at > now()`;
/** One that failed keeps what is in it until it expires: operators may have it tried again after mending the cause. */
const SETTLE = `
  update emails set state = case when state = 'mute' then state else $2 end, reason = $3,
    params = case when $2 = 'failed' then params end, settled_at = now()
  where id = $1 and (state in ('waiting', 'failed') or (state = 'mute' and settled_at is null))`;

/** What the worker asks while it sends e-mails. */
@Controller()
export class EmailsHandler implements HandlersOf<typeof emails> {
  constructor(
    private readonly transactions: Transactions,
    private readonly secrets: Secrets,
  ) {}

  @Handles(emails.content)
  async content({ id, with_mute }: EmailToWrite): Promise<EmailContent> {
    const values = [id, with_mute ? 'mute' : 'waiting'];
    const email = await this.transactions.first<Waiting>(WAITING, values, 'emails.waiting');
    if (!email) throw new Refusal('not_found');
    const { recipient: to, template, language, dedupeKey } = email;
    const params = JSON.parse(this.secrets.unseal('emails', email.params)) as Record<string, string>;
    return { to, template, params, language, dedupeKey, ...(email.state === 'mute' ? { mute: true } : {}) };
  }

  @Handles(emails.sent)
  async sent({ id }: EmailId): Promise<void> {
    await this.transactions.query(SETTLE, [id, 'sent', null], 'emails.settle');
  }

  @Handles(emails.failed)
  async failed({ id, reason }: EmailFailed): Promise<void> {
    await this.transactions.query(SETTLE, [id, 'failed', reason], 'emails.settle');
  }
}

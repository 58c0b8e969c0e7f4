import { Injectable } from '@nestjs/common';
import { type ChargerFaulted, chargerFaulted, type Language, may, ROLES } from '@open-cpo/contracts';
import { Consumes } from '@open-cpo/events';
import { Transactions } from '@open-cpo/persistence';
import { Log, Periodic } from '@open-cpo/platform';
import { OutgoingEmails } from '../emails/outgoing-emails';
import * as sql from './fault-mail.queries';

const INTERVAL_MS = 15_000;
const READERS = ROLES.filter((role) => may(role, 'chargers.view'));

/** A fault as it is kept until it is mailed. */
interface KeptFault {
  readonly connector: number;
  readonly code: string;
  readonly vendor?: string;
  /** ISO 8601. */
  readonly at: string;
}

interface FaultyCharger {
  readonly charger_id: number;
  readonly identity: string | null;
  readonly faults: readonly KeptFault[];
  readonly reports: number;
}

/**
 * Mails the faults of chargers to the users of the account who may see chargers and have not switched it off. What one charger
 * reports within an hour is one mail, and so is what several report within a few minutes, as after a loss of power.
 */
@Injectable()
export class FaultMails extends Periodic {
  constructor(
    private readonly transactions: Transactions,
    private readonly emails: OutgoingEmails,
    log: Log,
  ) {
    super(INTERVAL_MS, log);
  }

  @Consumes(chargerFaulted, { as: 'auth-charger-faults', from: 'new' })
  async keep(fault: ChargerFaulted): Promise<void> {
    const { charger_id, account_id, identity = null, connector_number: connector, error_code: code } = fault;
    const vendor = fault.vendor_error_code ?? undefined;
    const kept: KeptFault = { connector, code, vendor, at: fault.reported_at };
    await this.transactions.query(sql.KEEP, [charger_id, account_id, identity, JSON.stringify(kept)]);
  }

  /** Answers how many mails were asked for. */
  async run(): Promise<number> {
    let sent = 0;
    for (const { account_id } of await this.transactions.query<{ account_id: number }>(sql.ACCOUNTS)) {
      if (this.ending) break;
      try {
        sent += await this.mail(account_id);
      } catch (error) {
        this.log.warn('Faults of chargers were not mailed, and are tried again', { account: account_id, error });
      }
    }
    return sent;
  }

  private mail(accountId: number): Promise<number> {
    return this.transactions.run(async () => {
      const chargers = await this.transactions.query<FaultyCharger>(sql.TAKE, [accountId]);
      if (chargers.length === 0) return 0;
      const params = paramsOf(chargers);
      type Recipient = { email: string; name: string; language: Language };
      const recipients = await this.transactions.query<Recipient>(sql.RECIPIENTS, [accountId, READERS]);
      for (const { email, name, language } of recipients) {
        await this.emails.send({ to: email, template: 'charger-faults', params: { name, ...params }, language });
      }
      return recipients.length;
    });
  }
}

/** One line a fault; the last parameters count what has none. */
function paramsOf(chargers: readonly FaultyCharger[]): Record<string, string> {
  const shown = [...chargers].sort((a, b) => a.charger_id - b.charger_id).slice(0, sql.MAX_SHOWN);
  const lines = shown.flatMap(({ charger_id, identity, faults }) =>
    faults.map((fault) => ({ charger: identity ?? `no. ${charger_id}`, ...fault })),
  );
  const params: Record<string, string> = { chargers: String(chargers.length) };
  lines.forEach(({ charger, connector, code, vendor, at }, n) => {
    params[`charger_${n}`] = charger;
    params[`connector_${n}`] = String(connector);
    params[`code_${n}`] = code;
    if (vendor !== undefined) params[`vendor_${n}`] = vendor;
    params[`at_${n}`] = at.slice(0, 16).replace('T', ' ');
  });
  const reports = chargers.reduce((sum, one) => sum + one.reports, 0);
  if (reports > lines.length) params.reports = String(reports);
  return params;
}

import { Controller } from '@nestjs/common';
import {
  type Caller,
  type ChangeMailSettings,
  type HandlersOf,
  mailSettings,
  type MailSettings,
  type Nothing,
  ownerOf,
} from '@open-cpo/contracts';
import { Handles } from '@open-cpo/messaging';
import { Audit, Transactions } from '@open-cpo/persistence';
import { SET, SETTING } from './fault-mail.queries';

/** Which mails a user gets. */
@Controller()
export class MailSettingsHandler implements HandlersOf<typeof mailSettings> {
  constructor(
    private readonly transactions: Transactions,
    private readonly audit: Audit,
  ) {}

  @Handles(mailSettings.one)
  async one(_: Nothing, caller: Caller): Promise<MailSettings> {
    const row = await this.transactions.first<{ charger_fault_mails: boolean }>(SETTING, [ownerOf(caller).userId]);
    return { charger_faults: row?.charger_fault_mails ?? true };
  }

  @Handles(mailSettings.change)
  async change({ charger_faults }: ChangeMailSettings, caller: Caller): Promise<MailSettings> {
    const { userId: id } = ownerOf(caller);
    const before = await this.one({}, caller);
    const after = { charger_faults };
    if (before.charger_faults === charger_faults) this.audit.unchanged();
    else {
      await this.transactions.query(SET, [id, charger_faults]);
      await this.audit.write({ subject: 'user', id, before, after }, caller);
    }
    return after;
  }
}

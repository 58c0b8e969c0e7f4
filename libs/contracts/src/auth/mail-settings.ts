import { ApiProperty } from '../core/documentation';
import { Nothing } from '../core/list-query';
import { operations, read, write } from '../core/operation';
import { Bool } from '../fields';

/** Which mails about the account a user gets. Mails about logins, access and money cannot be switched off. */
export class MailSettings {
  /** Faults of chargers; for users with `chargers.view`. */
  @ApiProperty({ example: true }) charger_faults: boolean;
}

export class ChangeMailSettings {
  @Bool({ presence: 'required', example: false }) charger_faults: boolean;
}

export const mailSettings = operations('auth.mail-settings', {
  one: read(Nothing, MailSettings),
  change: write(ChangeMailSettings, MailSettings, { audit: 'users.update' }),
});

import { ApiProperty } from './documentation';
import { Text } from '../fields';
import { operations, write } from './operation';
import { OperatorCommand } from './operators';

export class ResealSecrets extends OperatorCommand {
  /** Where the part before ended; absent: from the first. */
  @Text({ max: 200 }) after?: string | null;
}

/** A part of what a service keeps sealed, gone through. */
export class ResealedSecrets {
  /** What was looked at: `totp_factors.secret`. */
  @ApiProperty() column: string;
  @ApiProperty() rows: number;
  /** Rows that an older key had sealed, and the current one seals now. */
  @ApiProperty() resealed: number;
  /** Rows that no configured key opens. */
  @ApiProperty() unreadable: number;
  /** Where to go on; null at the end. */
  @ApiProperty({ type: String, nullable: true }) next: string | null;
}

/** Services that seal what they keep with a `SECRETS_KEY`. */
export const SEALING_SERVICES = ['auth', 'notifications', 'payouts'] as const;

/** What operators can ask services that seal; persistence has the handler (`secretsOperators`). */
export const secretsOf = (service: (typeof SEALING_SERVICES)[number]) =>
  operations(`${service}.secrets`, {
    /** Seals the next part of what was sealed with an older key with the current one. Done again, it changes nothing. */
    reseal: write(ResealSecrets, ResealedSecrets, { operator: true, deadline: 30_000, audit: 'secrets.reseal' }),
  });

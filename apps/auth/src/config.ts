import { DatabaseConfig, DURATION, SecretKey, SecureInProduction } from '@open-cpo/platform';
import {
  IsArray,
  IsInt,
  IsNotEmpty,
  IsOptional,
  IsUrl,
  Matches,
  Max,
  Min,
  ValidateBy,
  type ValidationArguments,
} from 'class-validator';
import { originProblem } from './second-factors/passkeys/relying-party';

/** Known to everybody: good for a laptop, refused in production. */
const DEVELOPMENT_KEY = Buffer.from('open-cpo development secrets key').toString('base64');
const DAY = 24 * 60 * 60;
const MONTH = 30 * DAY;
const YEAR = 365 * DAY;

const isProduction = (args?: ValidationArguments): boolean => (args?.object as AuthConfig).production;

const RequiredInProduction = (): PropertyDecorator =>
  ValidateBy({
    name: 'requiredInProduction',
    validator: {
      validate: (value: unknown, args) => !isProduction(args) || (typeof value === 'string' && value !== ''),
      defaultMessage: () => '$property must be set in production',
    },
  });

const TEN_YEARS_DAYS = 3650;
const Days =
  (least: number): PropertyDecorator =>
  (target, key) => {
    for (const rule of [IsInt(), Min(least), Max(TEN_YEARS_DAYS)]) rule(target, key);
  };

/** What is wrong with the origins that passkeys are asked for on, together with the domain that they are for. */
const passkeyProblem = (args?: ValidationArguments): string | undefined => {
  const { passkeyOrigins, passkeyRpId, publicUrl } = args?.object as AuthConfig;
  if (!Array.isArray(passkeyOrigins) || !URL.canParse(publicUrl)) return undefined;
  const id = passkeyRpId ?? new URL(publicUrl).hostname;
  return passkeyOrigins.map((origin) => originProblem(origin, id)).find((problem) => problem !== undefined);
};

const PasskeyOrigins = (): PropertyDecorator =>
  ValidateBy({
    name: 'passkeyOrigins',
    validator: {
      validate: (_value: unknown, args) => passkeyProblem(args) === undefined,
      defaultMessage: (args) => `$property: ${passkeyProblem(args)}`,
    },
  });

/** Settings of the auth service. */
export class AuthConfig extends DatabaseConfig {
  /** Where clients reach the API; begins the links of flags. */
  @SecureInProduction('http')
  @IsUrl({ require_tld: false, require_protocol: true })
  publicUrl: string = 'http://localhost:3000';

  /** Encrypts what is secret at rest: codes in e-mails that wait, authenticator apps, signing keys of a development system. */
  @SecretKey(DEVELOPMENT_KEY)
  secretsKey: string = DEVELOPMENT_KEY;

  /** The key before this one: what was sealed with it can still be read. */
  @IsOptional()
  @SecretKey(DEVELOPMENT_KEY)
  secretsKeyBefore?: string;

  /** A private JWKS: the first key signs, all are valid. It is read again every minute. */
  @RequiredInProduction()
  signingKeysFile?: string;

  /** Wrong verification codes an hour, over all accounts, beyond which strangers' codes are slowed down. */
  @Max(1_000_000)
  @Min(1)
  @IsInt()
  wrongCodeBudget: number = 1000;

  /** Domain that passkeys are for (WebAuthn RP ID); by default that of `publicUrl`. */
  @Matches(/^(?=.{1,253}$)[a-z\d]([a-z\d-]*[a-z\d])?(\.[a-z\d]([a-z\d-]*[a-z\d])?)*$/, {
    message: '$property must be a domain name in lower case',
  })
  @IsOptional()
  passkeyRpId?: string;

  /** Origins of the pages that may ask for passkeys; by default that of `publicUrl`. */
  @PasskeyOrigins()
  @IsArray()
  passkeyOrigins: string[] = [];

  /** How long a token lives. */
  @Max(YEAR)
  @Min(60)
  @IsInt()
  tokenTtlSeconds: number = MONTH;

  /** How long a session lives from its login, however often its token is renewed. */
  @Max(10 * YEAR)
  @Min(60)
  @IsInt()
  sessionLifetimeSeconds: number = 3 * MONTH;

  /** How long a session may go unused. */
  @Max(YEAR)
  @Min(300)
  @IsInt()
  sessionIdleSeconds: number = MONTH;

  /** How long after a refresh the old token still gets its successor: several tabs renew at once. */
  @Max(60)
  @Min(0)
  @IsInt()
  refreshGraceSeconds: number = 10;

  /** How long a user's deletion waits, and can be stopped: `7d`, `48h`, `0`. */
  @Matches(DURATION, { message: 'userDeletionDelay must be 0 or a number with a unit: 30s, 15m, 48h, 7d' })
  userDeletionDelay: string = '7d';

  /** Days for which registrations that were not completed are kept. */
  @Days(1)
  retentionRegistrationDays: number = 7;

  /** Days for which verification codes; the limits of a day count them are kept. */
  @Days(2)
  retentionVerificationDays: number = 2;

  /** Days for which invitations that have ended; the limit of a day counts them are kept. */
  @Days(2)
  retentionInvitationDays: number = 30;

  /** Days for which sessions that have ended, with device and address are kept. */
  @Days(0)
  retentionSessionDays: number = 30;

  /** Days for which devices and networks that a user was last seen on are kept. */
  @Days(1)
  retentionDeviceDays: number = 180;

  /** Days for which e-mails that were sent; their contents go when they are are kept. */
  @Days(2)
  retentionEmailDays: number = 90;

  /** Days for which personal data of users who were removed from their account is kept. */
  @Days(0)
  retentionRemovedUserDays: number = 90;

  /** Days for which the personal fields of audit entries are kept. */
  @Days(0)
  retentionAuditPersonalDays: number = 730;

  /** The claim `iss` of tokens. */
  @IsNotEmpty()
  issuer: string = 'open-cpo';
}

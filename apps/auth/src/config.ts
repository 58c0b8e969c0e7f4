import { DatabaseConfig, SecretKey } from '@open-cpo/platform';
import { IsInt, IsNotEmpty, IsUrl, Max, Min, ValidateBy, type ValidationArguments } from 'class-validator';

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

/** What the auth service is told. */
export class AuthConfig extends DatabaseConfig {
  /** Where clients reach the API; begins the links of flags. */
  @IsUrl({ require_tld: false, require_protocol: true })
  publicUrl: string = 'http://localhost:3000';

  /** Encrypts what is secret at rest: codes in e-mails that wait, signing keys of a development system. */
  @SecretKey(DEVELOPMENT_KEY)
  secretsKey: string = DEVELOPMENT_KEY;

  /** A private JWKS: the first key signs, all are valid. It is read again every minute. */
  @RequiredInProduction()
  signingKeysFile?: string;

  /** How long a token lives. */
  @Max(YEAR)
  @Min(60)
  @IsInt()
  tokenTtlSeconds: number = MONTH;

  /** The claim `iss` of tokens. */
  @IsNotEmpty()
  issuer: string = 'open-cpo';
}

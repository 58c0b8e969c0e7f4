import { DatabaseConfig, DURATION, SecretKey, SecureInProduction } from '@open-cpo/platform';
import { IsOptional, IsUrl, Matches } from 'class-validator';

/** Known to everybody: good for a laptop, refused in production. */
const DEVELOPMENT_KEY = Buffer.from('open-cpo development payouts key').toString('base64');

/** Settings of the payouts service. */
export class PayoutsConfig extends DatabaseConfig {
  /** Where clients reach the API; owners come back to it from a provider. */
  @SecureInProduction('http')
  @IsUrl({ require_tld: false, require_protocol: true })
  publicUrl: string = 'http://localhost:3000';

  /** Begins the addresses of logos; by default the API's own. */
  @SecureInProduction('http')
  @IsOptional()
  @IsUrl({ require_tld: false, require_protocol: true })
  storageUrl?: string;

  /** Encrypts what is secret at rest: tax and account numbers, identity documents. */
  @SecretKey(DEVELOPMENT_KEY)
  secretsKey: string = DEVELOPMENT_KEY;

  /** The key before this one: what was sealed with it can still be read. */
  @IsOptional()
  @SecretKey(DEVELOPMENT_KEY)
  secretsKeyBefore?: string;

  /** The platform's key at Stripe. Without one `stripe` is a sandbox, and in production is not offered at all. */
  @IsOptional()
  @Matches(/^(sk|rk)_/, { message: 'stripeSecretKey must begin with sk_ or rk_' })
  stripeSecretKey?: string;

  /** Proves that what comes to /api/webhooks/stripe comes from Stripe. */
  @IsOptional()
  @Matches(/^whsec_/, { message: 'stripeWebhookSecret must begin with whsec_' })
  stripeWebhookSecret?: string;

  /** Another address that speaks Stripe's API. */
  @IsOptional()
  @IsUrl({ require_tld: false, require_protocol: true })
  stripeApiUrl?: string;

  /** ISO 3166-1 alpha-2 of the platform's own account; owners elsewhere are recipients only. */
  @Matches(/^[A-Z]{2}$/, { message: 'stripeCountry must be an ISO 3166-1 code' })
  stripeCountry: string = 'US';

  /** How long payouts to a payout method wait after it was added or changed: `48h`, `30m`, `0`. */
  @Matches(DURATION, { message: 'payoutMethodDelay must be 0 or a number with a unit: 30s, 15m, 48h, 7d' })
  payoutMethodDelay: string = '48h';

  get logosUrl(): string {
    return `${this.storageUrl ?? this.publicUrl}/images/payout-methods`;
  }
}

import { DatabaseConfig, DevelopmentOnly, SecretKey } from '@open-cpo/platform';
import { IsInt, IsOptional, Max, Min } from 'class-validator';

/** Known to everybody: good for a laptop, refused in production. */
const DEVELOPMENT_KEY = Buffer.from('open-cpo development notify key!').toString('base64');

/** Settings of the notifications service. (Of several decorators the lowest is checked first.) */
export class NotificationsConfig extends DatabaseConfig {
  /** Days for which events are kept: so far back a feed can be resumed. */
  @Max(90)
  @Min(1)
  @IsInt()
  eventRetentionDays: number = 7;

  /** Whether webhooks may lead to this machine, without encryption: for tests and development. */
  @DevelopmentOnly()
  webhookLocalTargets: boolean = false;

  /** Encrypts what is secret at rest: the keys that webhooks are signed with. */
  @SecretKey(DEVELOPMENT_KEY)
  secretsKey: string = DEVELOPMENT_KEY;

  /** The key before this one: what was sealed with it can still be read. */
  @IsOptional()
  @SecretKey(DEVELOPMENT_KEY)
  secretsKeyBefore?: string;
}

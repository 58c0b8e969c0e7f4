import { ApiProperty } from '../core/documentation';
import { Nothing } from '../core/list-query';
import { list, nothing, operations, read, write } from '../core/operation';
import { API_KEY_SCOPES } from '../core/permissions';
import { ChoiceList, DayOrInstant, Id, Text } from '../fields';

/** Keys that an account can have at once. */
export const MOST_API_KEYS = 50;

/** An API key as it is listed: never its secret. */
export class ApiKey {
  @ApiProperty({ example: 7 }) id: number;
  @ApiProperty({ example: 'Accounting' }) name: string;
  /** Exact to the minute. */
  @ApiProperty({ example: '2025-05-12T09:02:00.000000Z', nullable: true, type: String }) last_used_at: string | null;
  @ApiProperty({ example: '2025-05-01T08:00:00.000000Z' }) created_at: string;
  /** The user who made it: the key ends with their membership. */
  @ApiProperty({ example: 12 }) created_by: number;
  @ApiProperty({ example: 'Salma Haddad' }) created_by_name: string;
  /** `view`, or modules of the permissions, or both; null: all that its creator may do. */
  @ApiProperty({ nullable: true, type: [String], enum: API_KEY_SCOPES, example: ['view'] }) scope: string[] | null;
  @ApiProperty({ example: '2026-05-01T00:00:00.000000Z', nullable: true, type: String }) expires_at: string | null;
}

export class NewApiKey extends ApiKey {
  /** Shown this once. */
  @ApiProperty({ example: '7|Zk3v0pQ1dX8sJmW5tYbN2rLcE7gHfAuKi4oPz9Dq', pattern: '^\\d+\\|[A-Za-z0-9_-]{40}$' })
  key: string;
}

export class CreateApiKey {
  @Text({ presence: 'required', example: 'Accounting' }) name: string;
  @ChoiceList(API_KEY_SCOPES, {
    nonEmpty: true,
    example: ['view', 'orders'],
    description: '`view`: reads alone; modules: these alone. Absent or null: all that its creator may do.',
  })
  scope?: string[] | null;
  @DayOrInstant({
    example: '2026-05-01',
    description:
      'When it stops working: a moment with a zone, or a day (its beginning in UTC); absent: never by itself.',
  })
  expires_at?: string | null;
}

export class ApiKeyRef {
  @Id() id: number;
}

export const apiKeys = operations('auth.api-keys', {
  /** Newest first. */
  all: read(Nothing, list(ApiKey)),
  create: write(CreateApiKey, NewApiKey, { audit: 'api-keys.create' }),
  /** The key stops working at once. */
  remove: write(ApiKeyRef, nothing, { audit: 'api-keys.delete' }),
});

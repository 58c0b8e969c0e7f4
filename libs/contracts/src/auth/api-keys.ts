import { ApiProperty } from '@nestjs/swagger';
import { Nothing } from '../core/list-query';
import { list, nothing, operations, read, write } from '../core/operation';
import { Id, Text } from '../fields';

/** Keys that an account can have at once. */
export const MOST_API_KEYS = 50;

/** An API key as it is listed: never its secret. */
export class ApiKey {
  @ApiProperty({ example: 7 }) id: number;
  @ApiProperty({ example: 'Accounting' }) name: string;
  /** Exact to the minute. */
  @ApiProperty({ example: '2025-05-12T09:02:00.000000Z', nullable: true, type: String }) last_used_at: string | null;
  @ApiProperty({ example: '2025-05-01T08:00:00.000000Z' }) created_at: string;
}

export class NewApiKey extends ApiKey {
  /** Shown this once. */
  @ApiProperty({ example: '7|Zk3v0pQ1dX8sJmW5tYbN2rLcE7gHfAuKi4oPz9Dq', pattern: '^\\d+\\|[A-Za-z0-9_-]{40}$' })
  key: string;
}

export class CreateApiKey {
  @Text({ presence: 'required', example: 'Accounting' }) name: string;
}

export class ApiKeyRef {
  @Id() id: number;
}

export const apiKeys = operations('auth.api-keys', {
  /** Newest first. */
  all: read(Nothing, list(ApiKey)),
  create: write(CreateApiKey, NewApiKey),
  /** The key stops working at once. */
  remove: write(ApiKeyRef, nothing),
});

import { type ApiKey, isoMoment } from '@open-cpo/contracts';

export interface ApiKeyRow {
  readonly id: number;
  readonly name: string;
  readonly lastUsedAt: Date | null;
  readonly createdAt: Date;
  readonly createdBy: number;
  readonly createdByName: string;
  readonly scope: string[] | null;
  readonly expiresAt: Date | null;
}

export const apiKeyView = (row: ApiKeyRow): ApiKey => ({
  id: row.id,
  name: row.name,
  last_used_at: row.lastUsedAt && isoMoment(row.lastUsedAt),
  created_at: isoMoment(row.createdAt),
  created_by: row.createdBy,
  created_by_name: row.createdByName,
  scope: row.scope,
  expires_at: row.expiresAt && isoMoment(row.expiresAt),
});

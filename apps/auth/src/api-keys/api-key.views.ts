import { type ApiKey, isoMoment } from '@open-cpo/contracts';

export interface ApiKeyRow {
  readonly id: number;
  readonly name: string;
  readonly lastUsedAt: Date | null;
  readonly createdAt: Date;
}

export const apiKeyView = ({ id, name, lastUsedAt, createdAt }: ApiKeyRow): ApiKey => ({
  id,
  name,
  last_used_at: lastUsedAt && isoMoment(lastUsedAt),
  created_at: isoMoment(createdAt),
});

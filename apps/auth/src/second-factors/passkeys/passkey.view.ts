import { isoMoment, type Passkey } from '@open-cpo/contracts';
import type { PasskeyRow } from './passkeys.repository';

export const passkeyView = ({ id, name, backedUp, createdAt, lastUsedAt }: PasskeyRow): Passkey => ({
  id,
  name,
  backed_up: backedUp,
  created_at: isoMoment(createdAt),
  last_used_at: lastUsedAt && isoMoment(lastUsedAt),
});

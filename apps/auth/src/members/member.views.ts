import { isoMoment, type Member } from '@open-cpo/contracts';

export interface MemberRow extends Omit<Member, 'created_at'> {
  readonly createdAt: Date;
}

export const memberView = ({ id, name, email, role, status, createdAt }: MemberRow): Member => ({
  id,
  name,
  email,
  role,
  status,
  created_at: isoMoment(createdAt),
});

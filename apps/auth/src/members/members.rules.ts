import type { Role } from '@open-cpo/contracts';

/** What stands in the way of a change among members. */
export type Obstacle = 'owners-only' | 'last-owner' | 'not-accepted';

export const OBSTACLE_TEXTS: Record<Exclude<Obstacle, 'owners-only'>, string> = {
  'last-owner': 'An account needs an owner: make somebody else an owner first.',
  'not-accepted': 'Only a member who has accepted the invitation can be made an owner.',
};

export interface MemberChange {
  /** Role of the one who asks for it. */
  readonly by: Role;
  readonly from: Role;
  /** Nothing when the member is to go. */
  readonly to: Role | undefined;
  readonly invited: boolean;
  /** Owners that the account has now. */
  readonly owners: number;
}

/** Whether a member's role can change, or the member go. Owners decide about owners, and one of them always stays. */
export function obstacle({ by, from, to, invited, owners }: MemberChange): Obstacle | undefined {
  if (from === to) return undefined;
  const concernsOwners = from === 'owner' || to === 'owner';
  if (concernsOwners && by !== 'owner') return 'owners-only';
  if (from === 'owner' && owners <= 1) return 'last-owner';
  return to === 'owner' && invited ? 'not-accepted' : undefined;
}

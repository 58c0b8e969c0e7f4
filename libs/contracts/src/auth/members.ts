import { ApiProperty } from '../core/documentation';
import { Nothing } from '../core/list-query';
import { list, nothing, operations, read, write } from '../core/operation';
import { type Role, ROLES } from '../core/permissions';
import { Choice, Email, Id } from '../fields';

/** Members that an account can have, the invited ones among them. */
export const MOST_MEMBERS = 500;

/** Roles of an invitation; a member can become an owner later. */
export const INVITED_ROLES = ['admin', 'manager', 'viewer'] as const satisfies readonly Role[];

/** `invited` until the invitation is accepted. */
export const MEMBER_STATUSES = ['invited', 'active'] as const;
export type MemberStatus = (typeof MEMBER_STATUSES)[number];

/** A user of an account, or one who is invited; the id stays the same. */
export class Member {
  @ApiProperty({ example: 12 }) id: number;
  /** Empty while invited. */
  @ApiProperty({ example: 'Salma Haddad' }) name: string;
  @ApiProperty({ example: 'salma@example.com' }) email: string;
  @ApiProperty({ enum: ROLES, example: 'manager' }) role: Role;
  @ApiProperty({ enum: MEMBER_STATUSES, example: 'active' }) status: MemberStatus;
  @ApiProperty({ example: '2025-05-12T09:02:00.000000Z' }) created_at: string;
}

export class MemberRef {
  @Id() id: number;
}

export class InviteMember {
  @Email({ presence: 'required', example: 'salma@example.com' }) email: string;
  @Choice(INVITED_ROLES, { presence: 'required', example: 'manager' }) role: (typeof INVITED_ROLES)[number];
}

/** What is absent stays. */
export class ChangeMember {
  @Id() id: number;
  /** Only an owner makes owners. */
  @Choice(ROLES, { presence: 'filled', example: 'admin' }) role?: Role;
}

export const members = operations('auth.members', {
  /** Newest first. */
  all: read(Nothing, list(Member)),
  /** Answers the same whether or not the address has an account; only the mail differs. */
  invite: write(InviteMember, Member, { audit: 'members.create' }),
  change: write(ChangeMember, Member, { audit: 'members.update' }),
  /** Ends the member's tokens, or the invitation, at once. */
  remove: write(MemberRef, nothing, { audit: 'members.delete' }),
  /** The caller leaves the account, and their tokens and API keys end. Refused for the last owner. */
  leave: write(Nothing, nothing, { audit: 'members.leave' }),
});

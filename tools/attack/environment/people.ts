import { randomInt } from 'node:crypto';
import { ROLES, type Role } from '@open-cpo/contracts';
import type { Client as Database } from 'pg';
import { withClient } from './databases';
import type { SigningKey } from './signing-key';

/** Of the demo data: the account that is attacked with its own owner's means, and the one that must not notice. */
export const OWN_ACCOUNT = 1;
export const OTHER_ACCOUNT = 2;
/** Members who are there to be changed and removed. */
const TARGETS = 200;
/** Users of each role. */
const SPARE = 100;
/** Requests with one token. */
const REQUESTS = 500;

export type Who = Role | 'other owner';

/** Users of a role, of whom one is taken after the other: an attack may well remove them. */
interface Holder {
  readonly userIds: readonly number[];
  turn: number;
  token: string;
  left: number;
}

/** Users of every role, and tokens of theirs that are made anew when one has ended. */
export class People {
  private readonly holders = new Map<Who, Holder>();
  /** Ids of members of the attacked account. */
  readonly targets: number[] = [];

  constructor(
    private readonly key: SigningKey,
    private readonly authDatabase: string,
  ) {}

  /** Adds what the demo data lacks: a member of every role, and many to be attacked. */
  async prepare(): Promise<void> {
    await withClient(this.authDatabase, async (database) => {
      this.hold('other owner', [await idOf(database, 'rival@demo.test')]);
      for (const role of ROLES) {
        const userIds: number[] = [];
        while (userIds.length < SPARE) {
          userIds.push(await addMember(database, `${role}-${randomInt(1e9)}@attack.test`, role));
        }
        this.hold(role, userIds);
      }
      for (let n = 0; n < TARGETS; n += 1) {
        this.targets.push(await addMember(database, `target-${n}-${randomInt(1e9)}@attack.test`, 'viewer'));
      }
    });
  }

  /** New users whom nobody has asked about yet. */
  async addresses(count: number): Promise<string[]> {
    return withClient(this.authDatabase, async (database) => {
      const emails: string[] = [];
      for (let n = 0; n < count; n += 1) {
        const email = `known-${randomInt(1e8, 1e9)}@attack.test`;
        await addMember(database, email, 'viewer');
        emails.push(email);
      }
      return emails;
    });
  }

  userId(who: Who): number {
    const { userIds, turn } = this.holder(who);
    return userIds[turn % userIds.length] ?? 0;
  }

  /** A valid token; now and then a new one. */
  token(who: Who): string {
    const holder = this.holder(who);
    holder.left -= 1;
    if (holder.left < 0) this.renew(who);
    return holder.token;
  }

  /** After a logout, a change of password or a removal: the next user of the role has a token that is good. */
  renew(who: Who): void {
    const holder = this.holder(who);
    holder.turn += 1;
    Object.assign(holder, { token: this.key.token(this.userId(who)), left: REQUESTS });
  }

  private hold(who: Who, userIds: readonly number[]): void {
    this.holders.set(who, { userIds, turn: 0, token: this.key.token(userIds[0] ?? 0), left: REQUESTS });
  }

  private holder(who: Who): Holder {
    const holder = this.holders.get(who);
    if (!holder) throw new Error(`There is no ${who}.`);
    return holder;
  }
}

async function idOf(database: Database, email: string): Promise<number> {
  const { rows } = await database.query<{ id: number }>('select id from users where email = $1', [email]);
  return rows[0]?.id ?? 0;
}

/** The password is that of the account's owner. */
async function addMember(database: Database, email: string, role: string): Promise<number> {
  const { rows } = await database.query<{ id: number }>(
    `insert into users (account_id, email, password_hash, role, status, first_name, last_name)
     select account_id, $1, password_hash, $2, 'active', 'A', 'B' from users where account_id = $3 and role = 'owner'
     order by id limit 1 returning id`,
    [email, role, OWN_ACCOUNT],
  );
  return rows[0]?.id ?? 0;
}

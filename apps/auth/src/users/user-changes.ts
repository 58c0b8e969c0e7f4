import { Injectable } from '@nestjs/common';
import { userChanged, type UserSnapshot } from '@open-cpo/contracts';
import { ImmediateFacts } from '../facts/immediate-facts';
import { Snapshots } from './snapshots';

/** Tells gateways and services at once that a role, currency, zone or state has changed. Part of the transaction. */
@Injectable()
export class UserChanges {
  constructor(
    private readonly snapshots: Snapshots,
    private readonly domainEvents: ImmediateFacts,
  ) {}

  /** After a change of one user; removed ones are published as not active. Who may be or have been the first owner concerns all. */
  async tellUser(userId: number): Promise<void> {
    const snapshot = await this.snapshots.of(userId);
    if (!snapshot) return;
    await this.tell(snapshot);
    if (userId > snapshot.ownerId) return;
    const others = await this.snapshots.ofAccount(snapshot.accountId);
    for (const other of others) if (other.userId !== userId) await this.tell(other);
  }

  /** After a change of the account; answers how many users it concerned. */
  async tellAccount(accountId: number): Promise<number> {
    const snapshots = await this.snapshots.ofAccount(accountId);
    for (const snapshot of snapshots) await this.tell(snapshot);
    return snapshots.length;
  }

  private tell(snapshot: UserSnapshot): Promise<void> {
    return this.domainEvents.tell(userChanged, snapshot.userId, { snapshot });
  }
}

import { Controller } from '@nestjs/common';
import {
  type Caller,
  type HandlersOf,
  type Nothing,
  ownerOf,
  type OwnUser,
  permissionsOf,
  type Subscription,
  users,
} from '@open-cpo/contracts';
import { Handles } from '@open-cpo/messaging';
import { Audit } from '@open-cpo/persistence';
import { subscriptionView } from '../users/user.views';
import { Profiles } from './profiles';
import { Subscriptions } from './subscriptions.repository';

type Handled = Pick<HandlersOf<typeof users>, 'me' | 'permissions' | 'roles' | 'subscribe' | 'unsubscribe'>;

/** What a user sees of themselves. */
@Controller()
export class UsersHandler implements Handled {
  constructor(
    private readonly profiles: Profiles,
    private readonly subscriptions: Subscriptions,
    private readonly audit: Audit,
  ) {}

  @Handles(users.me, { exemptFromRls: true })
  me(_: Nothing, caller: Caller): Promise<OwnUser> {
    return this.profiles.of(ownerOf(caller).userId);
  }

  @Handles(users.permissions)
  async permissions(_: Nothing, caller: Caller): Promise<string[]> {
    return [...permissionsOf(ownerOf(caller).role)];
  }

  @Handles(users.roles)
  async roles(_: Nothing, caller: Caller): Promise<string[]> {
    return [ownerOf(caller).role];
  }

  @Handles(users.subscribe)
  subscribe(_: Nothing, caller: Caller): Promise<Subscription> {
    return this.set(caller, (id) => this.subscriptions.begin(id));
  }

  @Handles(users.unsubscribe)
  unsubscribe(_: Nothing, caller: Caller): Promise<Subscription> {
    return this.set(caller, (id) => this.subscriptions.end(id));
  }

  private async set(caller: Caller, change: (id: number) => Promise<string | null>) {
    const { accountId: id } = ownerOf(caller);
    const before = await this.subscriptions.lock(id);
    const ends = await change(id);
    if (ends === before) this.audit.unchanged();
    else await this.audit.write({ subject: 'account', id, before: { ends: before }, after: { ends } }, caller);
    return subscriptionView(ends);
  }
}

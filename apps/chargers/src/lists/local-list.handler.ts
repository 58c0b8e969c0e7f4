import { Controller } from '@nestjs/common';
import {
  type Caller,
  type ChargerRef,
  chargerLocalList,
  type HandlersOf,
  type LocalList,
  ownerOf,
  Refusal,
} from '@open-cpo/contracts';
import { Handles } from '@open-cpo/messaging';
import { Audit } from '@open-cpo/persistence';
import { ChargersRepository } from '../chargers/chargers.repository';
import { LocalLists } from './local-lists';

const OFF = 'No cards are sent to the charger: its `local_list` is false.';

/** The owner's side of the lists of cards. */
@Controller()
export class LocalListHandler implements HandlersOf<typeof chargerLocalList> {
  constructor(
    private readonly chargers: ChargersRepository,
    private readonly lists: LocalLists,
    private readonly audit: Audit,
  ) {}

  @Handles(chargerLocalList.one)
  async one({ id }: ChargerRef, caller: Caller): Promise<LocalList> {
    const { accountId } = ownerOf(caller);
    await this.chargers.owned(id, accountId);
    return this.shown(id, accountId);
  }

  @Handles(chargerLocalList.send)
  async send({ id }: ChargerRef, caller: Caller): Promise<LocalList> {
    const { accountId } = ownerOf(caller);
    const { local_list } = await this.chargers.owned(id, accountId);
    if (!local_list) throw new Refusal('conflict', { message: OFF });
    await this.lists.again(id, accountId);
    await this.audit.write({ subject: 'charger', id, after: { local_list: 'sent' } }, caller);
    return this.shown(id, accountId);
  }

  private async shown(id: number, accountId: number): Promise<LocalList> {
    const list = await this.lists.view(id, accountId);
    if (!list) throw new Refusal('not_found');
    return list;
  }
}

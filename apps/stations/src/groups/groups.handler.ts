import { Controller } from '@nestjs/common';
import {
  type Batched,
  type Caller,
  type ChangeGroup,
  type CreateGroup,
  type FieldErrors,
  type Group,
  type GroupQuery,
  type GroupRef,
  groups,
  type HandlersOf,
  type ListGroups,
  ownerOf,
  type Page,
} from '@open-cpo/contracts';
import { Handles } from '@open-cpo/messaging';
import { CurrencyRates } from '@open-cpo/persistence';
import { viewerOf } from '../money/viewer';
import { groupView } from './group.views';
import { GroupWrites } from './group.writes';
import { GroupsRepository } from './groups.repository';

@Controller()
export class GroupsHandler implements HandlersOf<typeof groups> {
  constructor(
    private readonly repository: GroupsRepository,
    private readonly writes: GroupWrites,
    private readonly rates: CurrencyRates,
  ) {}

  @Handles(groups.table)
  async table(input: ListGroups, caller: Caller): Promise<Page<Group>> {
    const { data, meta } = await this.repository.page(input, ownerOf(caller).accountId);
    const viewer = this.viewer(input, caller);
    return { data: data.map((row) => groupView(row, viewer)), meta };
  }

  @Handles(groups.all)
  all(input: ListGroups, caller: Caller): Batched<Group> {
    const viewer = this.viewer(input, caller);
    return this.repository.all(input, ownerOf(caller).accountId).map((row) => groupView(row, viewer));
  }

  @Handles(groups.one)
  async one(input: GroupQuery, caller: Caller): Promise<Group> {
    const members = input['power-centers'] ?? false;
    const row = await this.repository.owned(input.id, ownerOf(caller).accountId, members);
    return groupView(row, this.viewer(input, caller));
  }

  @Handles(groups.create, { finishesValidation: true })
  async create(input: CreateGroup, caller: Caller, errors: FieldErrors): Promise<Group> {
    return groupView(await this.writes.create(input, caller, errors));
  }

  @Handles(groups.change, { finishesValidation: true })
  async change(input: ChangeGroup, caller: Caller, errors: FieldErrors): Promise<Group> {
    return groupView(await this.writes.change(input, caller, errors));
  }

  @Handles(groups.remove)
  remove({ id }: GroupRef, caller: Caller): Promise<void> {
    return this.writes.remove(id, caller);
  }

  /** Only who asks for power centers sees amounts. */
  private viewer(input: Pick<ListGroups, 'power-centers'>, caller: Caller) {
    return input['power-centers'] ? viewerOf(caller, this.rates) : undefined;
  }
}

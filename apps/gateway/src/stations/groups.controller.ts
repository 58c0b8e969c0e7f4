import { Controller } from '@nestjs/common';
import {
  type Caller,
  type ChangeGroup,
  type CreateGroup,
  type GroupQuery,
  type GroupRef,
  groups,
  type ListGroups,
} from '@open-cpo/contracts';
import { Bus } from '@open-cpo/messaging';
import { plainMessage } from '../http/answers/refusals';
import { POWER_CENTERS } from '../http/caching/cache-versions';
import { From, Input, Route } from '../http/route';
import { Lists } from '../http/rows';

const update = {
  title: 'Update an existing group.',
  description: 'Changes a group. Power centers that are sent replace the earlier ones.',
  calls: groups.change,
  can: 'groups.update',
  refuse: plainMessage('Validation failed.'),
} as const;

@Controller('api/charge-point-groups')
export class GroupsController {
  constructor(
    private readonly bus: Bus,
    private readonly lists: Lists,
  ) {}

  @Route('GET', 'datatable', {
    title: 'Groups list. (datatable)',
    description:
      'One page of the groups of the account, newest first, with the total number of matches; with their power centers when `power-centers` is true.',
    calls: groups.table,
    can: 'groups.view',
    cached: POWER_CENTERS,
  })
  table(@Input() input: ListGroups, @From() caller: Caller) {
    return this.lists.page(groups.table, groups.all, input, caller);
  }

  /** A page as well, although it is no table (reference L3350). */
  @Route('GET', '', {
    title: 'Groups list.',
    description:
      'One page of the groups of the account, newest first, with the total number of groups; with their power centers when `power-centers` is true.',
    calls: groups.table,
    can: 'groups.view',
    cached: POWER_CENTERS,
  })
  all(@Input() input: ListGroups, @From() caller: Caller) {
    return this.lists.page(groups.table, groups.all, input, caller);
  }

  @Route('POST', '', {
    title: 'Create a new group.',
    description: 'Creates a group of power centers. A power center may belong to several groups.',
    calls: groups.create,
    can: 'groups.create',
    refuse: plainMessage('Validation error'),
  })
  create(@Input() input: CreateGroup, @From() caller: Caller) {
    return this.bus.bytes(groups.create, input, caller);
  }

  @Route('GET', ':id', {
    title: 'Get details of a specific group.',
    description: 'Answers a group, with its power centers when `power-centers` is true.',
    calls: groups.one,
    can: 'groups.view',
    cached: POWER_CENTERS,
  })
  one(@Input() input: GroupQuery, @From() caller: Caller) {
    return this.bus.bytes(groups.one, input, caller);
  }

  @Route('PUT', ':id', update)
  replace(@Input() input: ChangeGroup, @From() caller: Caller) {
    return this.bus.bytes(groups.change, input, caller);
  }

  @Route('PATCH', ':id', update)
  change(@Input() input: ChangeGroup, @From() caller: Caller) {
    return this.bus.bytes(groups.change, input, caller);
  }

  @Route('DELETE', ':id', {
    title: 'Delete a group.',
    description: 'Deletes a group. Its power centers stay.',
    calls: groups.remove,
    can: 'groups.delete',
  })
  remove(@Input() input: GroupRef, @From() caller: Caller) {
    return this.bus.bytes(groups.remove, input, caller);
  }
}

import { Controller } from '@nestjs/common';
import {
  type Caller,
  categories,
  type CategoryRef,
  type ChangeCategory,
  type CreateCategory,
  type ListCategories,
  type ReplaceCategory,
} from '@open-cpo/contracts';
import { Bus } from '@open-cpo/messaging';
import { plainMessage } from '../http/answers/refusals';
import { idOf } from '../http/input';
import { From, Input, Route } from '../http/route';
import { Lists } from '../http/rows';

const refuse = plainMessage('Validation failed.');

@Controller('api/categories')
export class CategoriesController {
  constructor(
    private readonly bus: Bus,
    private readonly lists: Lists,
  ) {}

  @Route('GET', ':type/datatable', {
    title: 'Categories list (datatable)',
    description: 'One page of the categories of a type, newest first, with the total number of matches.',
    calls: categories.table,
    can: 'categories.view',
    cached: [],
  })
  table(@Input() input: ListCategories, @From() caller: Caller) {
    return this.lists.page(categories.table, categories.all, input, caller);
  }

  /** One URL for two operations: digits name a category, anything else a type (reference L700, L825). */
  @Route('GET', ':type', {
    title: 'Categories list; with digits, details of a specific category',
    description:
      'Lists the categories of a type, newest first. Where the path has digits, it answers the category with this id.',
    calls: categories.all,
    orCalls: categories.one,
    can: 'categories.view',
    cached: [],
    refusals: [404],
  })
  allOrOne(@Input() input: ListCategories, @From() caller: Caller) {
    const { type } = input;
    if (/^\d+$/.test(type)) return this.bus.bytes(categories.one, { id: idOf(type) }, caller);
    return this.lists.all(categories.all, input, caller);
  }

  @Route('POST', '', {
    title: 'Create a new category.',
    description: 'Creates a category of a type with a name and a colour.',
    calls: categories.create,
    can: 'categories.create',
    refuse,
  })
  create(@Input() input: CreateCategory, @From() caller: Caller) {
    return this.bus.bytes(categories.create, input, caller);
  }

  @Route('PUT', ':id', {
    title: 'Update an existing category.',
    description: 'Changes name and colour of a category. The path takes its id.',
    calls: categories.replace,
    can: 'categories.update',
    refuse,
  })
  replace(@Input() input: ReplaceCategory, @From() caller: Caller) {
    return this.bus.bytes(categories.replace, input, caller);
  }

  @Route('PATCH', ':id', {
    title: 'Update an existing category.',
    description: 'Changes name and colour of a category. The path takes its id.',
    calls: categories.change,
    can: 'categories.update',
    refuse,
  })
  change(@Input() input: ChangeCategory, @From() caller: Caller) {
    return this.bus.bytes(categories.change, input, caller);
  }

  @Route('DELETE', ':id', {
    title: 'Delete a category.',
    description: 'Deletes a category. The path takes its id; sites of the category stay, without one.',
    calls: categories.remove,
    can: 'categories.delete',
  })
  remove(@Input() input: CategoryRef, @From() caller: Caller) {
    return this.bus.bytes(categories.remove, input, caller);
  }
}

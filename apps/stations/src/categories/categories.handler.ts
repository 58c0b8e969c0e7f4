import { Controller } from '@nestjs/common';
import {
  type Caller,
  categories,
  type Category,
  type CategoryRef,
  type ChangeCategory,
  type CreateCategory,
  type FieldErrors,
  type HandlersOf,
  type ListCategories,
  ownerOf,
  type Page,
  type ReplaceCategory,
} from '@open-cpo/contracts';
import { Handles } from '@open-cpo/messaging';
import { Audit } from '@open-cpo/persistence';
import { CategoriesRepository } from './categories.repository';
import { categoryView } from './category.views';
import { randomColor } from './css-colors';

@Controller()
export class CategoriesHandler implements HandlersOf<typeof categories> {
  constructor(
    private readonly repository: CategoriesRepository,
    private readonly audit: Audit,
  ) {}

  @Handles(categories.table)
  table(input: ListCategories, caller: Caller): Promise<Page<Category>> {
    return this.repository.page(input, ownerOf(caller).accountId);
  }

  @Handles(categories.all)
  all(input: ListCategories, caller: Caller): AsyncIterable<Category> {
    return this.repository.all(input, ownerOf(caller).accountId);
  }

  @Handles(categories.one)
  one({ id }: CategoryRef, caller: Caller): Promise<Category> {
    return this.repository.owned(id, ownerOf(caller).accountId);
  }

  @Handles(categories.create)
  async create({ type, name }: CreateCategory, caller: Caller): Promise<Category> {
    const { accountId } = ownerOf(caller);
    const category = categoryView(await this.repository.add({ accountId, type, name, color: randomColor() }));
    await this.audit.write({ subject: 'category', id: category.id, after: category }, caller);
    return category;
  }

  @Handles(categories.replace, { finishesValidation: true })
  async replace(input: ReplaceCategory, caller: Caller, errors: FieldErrors): Promise<Category> {
    return this.rename(input, caller, errors);
  }

  @Handles(categories.change, { finishesValidation: true })
  async change(input: ChangeCategory, caller: Caller, errors: FieldErrors): Promise<Category> {
    return this.rename(input, caller, errors);
  }

  @Handles(categories.remove)
  async remove({ id }: CategoryRef, caller: Caller): Promise<void> {
    const before = await this.repository.owned(id, ownerOf(caller).accountId);
    await this.repository.remove(id);
    await this.audit.write({ subject: 'category', id, before }, caller);
  }

  /** Ownership is checked before the body is validated. */
  private async rename({ id, name }: ChangeCategory, caller: Caller, errors: FieldErrors): Promise<Category> {
    const before = await this.repository.owned(id, ownerOf(caller).accountId);
    errors.throwIfAny();
    if (name === undefined || name === before.name) {
      this.audit.unchanged();
      return before;
    }
    await this.repository.rename(id, name);
    const after = { ...before, name };
    await this.audit.write({ subject: 'category', id, before, after }, caller);
    return after;
  }
}

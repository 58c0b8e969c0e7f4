import { Injectable } from '@nestjs/common';
import { type Batched, type Category, type ListCategories, type Page, Refusal } from '@open-cpo/contracts';
import { allOf, type List, pageOf, Transactions } from '@open-cpo/persistence';
import { CategoryEntity } from './category.entity';

const ONE = 'select id, account_id, type, name, color from categories where id = $1';

type OwnedCategory = Category & { readonly account_id: number };

/** Every query about categories. */
@Injectable()
export class CategoriesRepository {
  constructor(private readonly transactions: Transactions) {}

  page(query: ListCategories, accountId: number): Promise<Page<Category>> {
    return pageOf<Category>(this.transactions, this.list(query, accountId));
  }

  all(query: ListCategories, accountId: number): Batched<Category> {
    return allOf<Category>(this.transactions, this.list(query, accountId));
  }

  /** @throws Refusal `not_found`, `forbidden` */
  async owned(id: number, accountId: number): Promise<Category> {
    const found = await this.transactions.firstAcrossAccounts<OwnedCategory>(ONE, [id], 'categories.one');
    if (!found) throw new Refusal('not_found');
    const { account_id, ...category } = found;
    if (account_id !== accountId) throw new Refusal('forbidden');
    return category;
  }

  async add(category: Pick<CategoryEntity, 'accountId' | 'type' | 'name' | 'color'>): Promise<CategoryEntity> {
    return this.transactions.manager.save(CategoryEntity, category);
  }

  async rename(id: number, name: string): Promise<void> {
    await this.transactions.manager.update(CategoryEntity, { id }, { name });
  }

  async remove(id: number): Promise<void> {
    await this.transactions.manager.delete(CategoryEntity, { id });
  }

  private list(query: ListCategories, accountId: number): List {
    return {
      select: 'id, type, name, color',
      from: 'categories',
      where: 'account_id = $1 and type = $2',
      params: [accountId, query.type],
      searchIn: 'search_text',
      query,
    };
  }
}

import { Injectable } from '@nestjs/common';
import type { Batched, Category, ListCategories, Page } from '@open-cpo/contracts';
import { allOf, type List, ownedRead, pageOf, Transactions } from '@open-cpo/persistence';
import { CategoryEntity } from './category.entity';

const ONE = ownedRead('select id, account_id, type, name, color from categories where id = $1', 'categories.one');

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
    const { account_id: _, ...category } = await this.transactions.owned<OwnedCategory>(ONE, accountId, [id]);
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

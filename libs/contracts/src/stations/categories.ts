import { ApiProperty } from '../core/documentation';
import { ListQuery } from '../core/list-query';
import { nothing, operations, page, read, stream, write } from '../core/operation';
import { Choice, Id, Text } from '../fields';

/** The kinds of things that can have categories. */
export const CATEGORY_TYPES = ['charging-site', 'charge-point'] as const;

export class Category {
  @ApiProperty({ example: 58 }) id: number;
  @ApiProperty({ example: 'charging-site' }) type: string;
  @ApiProperty({ example: 'Electronics' }) name: string;
  /** A colour of the CSS palette, given once and kept. */
  @ApiProperty({ example: '#D2B48C', pattern: '^#[0-9A-F]{6}$' }) color: string;
}

export class CategoryRef {
  @Id() id: number;
}

export class ListCategories extends ListQuery {
  /** An unknown type has no categories. */
  @Text({ presence: 'required' }) type: string;
}

export class CreateCategory {
  @Text({ presence: 'required', example: 'Electronics' }) name: string;
  @Choice(CATEGORY_TYPES, { presence: 'required', example: 'charging-site' }) type: string;
}

/** PUT: the name is required. */
export class ReplaceCategory {
  @Id() id: number;
  @Text({ presence: 'required', example: 'Electronics' }) name: string;
}

/** PATCH: what is absent stays; a present name must not be empty. */
export class ChangeCategory {
  @Id() id: number;
  @Text({ presence: 'filled', example: 'Electronics' }) name?: string;
}

export const categories = operations('stations.categories', {
  /** One page, newest first. */
  table: read(ListCategories, page(Category)),
  /** All of a type, newest first. */
  all: stream(ListCategories, Category),
  one: read(CategoryRef, Category),
  create: write(CreateCategory, Category, { audit: 'categories.create' }),
  replace: write(ReplaceCategory, Category, { audit: 'categories.update' }),
  change: write(ChangeCategory, Category, { audit: 'categories.update' }),
  remove: write(CategoryRef, nothing, { audit: 'categories.delete' }),
});

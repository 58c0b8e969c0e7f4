import type { PersistenceOptions } from '@open-cpo/persistence';
import { CategoryEntity } from './categories/category.entity';
import { Categories1763845200000 } from './migrations/1763845200000-categories';

/** The service's database: its tables and how they came to be. */
export const database = (url: string, pool?: number): PersistenceOptions => ({
  name: 'stations',
  url,
  pool,
  entities: [CategoryEntity],
  migrations: [Categories1763845200000],
});

import { Column } from 'typeorm';

/** The column that `SearchedTables` gave a table: kept by the database, never read into an entity nor written. */
export const SearchColumn = (): PropertyDecorator =>
  Column({ type: 'text', name: 'search_text', select: false, insert: false, update: false });

import type { Logger } from 'typeorm';

const nothing = (): void => undefined;

/** TypeORM writes to the console by itself. What goes wrong is thrown as well, and ends up in our log as such. */
export const quietLogger: Logger = {
  log: nothing,
  logMigration: nothing,
  logQuery: nothing,
  logQueryError: nothing,
  logQuerySlow: nothing,
  logSchemaBuild: nothing,
};

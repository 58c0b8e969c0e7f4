import { migrateOrWait } from '@open-cpo/persistence';
import { loadConfig, MigrationConfig, processLog } from '@open-cpo/platform';
import { database } from './data-source';

const config = loadConfig(MigrationConfig);
const log = processLog(config, 'chargers');

migrateOrWait(database(config.databaseUrl), process.argv, (why) => log.log('Waiting for migrations', { why }))
  .then((names) => log.log('The database is up to date', { migrations: names }))
  .catch((error: unknown) => {
    log.fatal('The database could not be brought up to date', { error });
    process.exitCode = 1;
  });

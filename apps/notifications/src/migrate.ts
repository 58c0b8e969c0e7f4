import { migrateOrWait } from '@open-cpo/persistence';
import { loadConfig, processLog } from '@open-cpo/platform';
import { NotificationsConfig } from './config';
import { database } from './data-source';

const config = loadConfig(NotificationsConfig);
const log = processLog(config, 'notifications');

migrateOrWait(database(config.databaseUrl), process.argv)
  .then((names) => log.log('The database is up to date', { migrations: names }))
  .catch((error: unknown) => {
    log.fatal('The database could not be brought up to date', { error });
    process.exitCode = 1;
  });

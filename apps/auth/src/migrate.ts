import { migrateOrWait } from '@open-cpo/persistence';
import { loadConfig, MigrationConfig, processLog } from '@open-cpo/platform';
import { persistence } from './data-source';

const config = loadConfig(MigrationConfig);
const log = processLog(config, 'auth');

migrateOrWait(persistence(config), process.argv, (why) => log.log('Waiting for migrations', { why })).then(
  (names) => log.log('Migrated', { names }),
  (error: unknown) => {
    log.fatal('Not migrated', { error });
    process.exit(1);
  },
);

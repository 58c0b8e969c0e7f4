import { DatabaseConfig, loadConfig, processLog } from '@open-cpo/platform';
import { loadDemo } from './demo/load-demo';

const config = loadConfig(DatabaseConfig);
const log = processLog(config, 'auth');

const load = async (): Promise<void> => {
  // The password of these accounts is published.
  if (config.production) throw new Error('There is no demo data in production.');
  await loadDemo(config.databaseUrl);
};

load().then(
  () => log.log('Demo accounts are there'),
  (error: unknown) => {
    log.fatal('No demo accounts', { error });
    process.exit(1);
  },
);

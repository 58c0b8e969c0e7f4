import { loadConfig, processLog } from '@open-cpo/platform';
import { StationsConfig } from './config';
import { loadDemo } from './demo/load-demo';

const config = loadConfig(StationsConfig);
const log = processLog(config, 'stations');

loadDemo(config).then(
  (accounts) => log.log('The demo is there', { loadedFor: accounts }),
  (error: unknown) => {
    log.fatal('The demo could not be loaded', { error });
    process.exit(1);
  },
);

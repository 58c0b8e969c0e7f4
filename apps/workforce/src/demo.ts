import { loadConfig, processLog } from '@open-cpo/platform';
import { WorkforceConfig } from './config';
import { loadDemo } from './demo/load-demo';

const config = loadConfig(WorkforceConfig);
const log = processLog(config, 'workforce');

loadDemo(config).then(
  (accounts) => log.log('The demo is there', { loadedFor: accounts }),
  (error: unknown) => {
    log.fatal('The demo could not be loaded', { error });
    process.exit(1);
  },
);

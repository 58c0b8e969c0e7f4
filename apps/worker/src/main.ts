import { getPriority, setPriority } from 'node:os';
import { environment, loadConfig, startService } from '@open-cpo/platform';
import { AppModule } from './app.module';
import { WorkerConfig } from './config';

/** Lower CPU priority: on the same machine, requests go before the writing of files. */
const NICE = 10;

// Not of others that run in the same process.
if (environment().SHARED_PROCESS === undefined && getPriority() < NICE) setPriority(NICE);
const config = loadConfig(WorkerConfig);
void startService({ name: 'worker', config, module: AppModule.forRoot(config) });

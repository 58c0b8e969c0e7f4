import { getPriority, setPriority } from 'node:os';
import { loadConfig, startService } from '@open-cpo/platform';
import { AppModule } from './app.module';
import { WorkerConfig } from './config';

/** Lower CPU priority: on the same machine, requests go before the writing of files. */
const NICE = 10;

if (getPriority() < NICE) setPriority(NICE);
const config = loadConfig(WorkerConfig);
void startService({ name: 'worker', config, module: AppModule.forRoot(config) });

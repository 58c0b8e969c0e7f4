import { getPriority, setPriority } from 'node:os';
import { loadConfig, startService } from '@open-cpo/platform';
import { AppModule } from './app.module';
import { WorkerConfig } from './config';

/** Nice by a good deal: on the same machine, whoever waits for an answer goes before whoever writes a file. */
const NICE = 10;

if (getPriority() < NICE) setPriority(NICE);
const config = loadConfig(WorkerConfig);
void startService({ name: 'worker', config, module: AppModule.forRoot(config) });

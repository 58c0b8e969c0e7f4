import { loadConfig, startService } from '@open-cpo/platform';
import { AppModule } from './app.module';
import { WorkerConfig } from './config';

const config = loadConfig(WorkerConfig);
void startService({ name: 'worker', config, module: AppModule.forRoot(config) });

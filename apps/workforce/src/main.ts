import { NatsServer } from '@open-cpo/messaging';
import { loadConfig, startService } from '@open-cpo/platform';
import { AppModule } from './app.module';
import { WorkforceConfig } from './config';

const config = loadConfig(WorkforceConfig);

void startService({ name: 'workforce', config, module: AppModule.forRoot(config), strategy: NatsServer });

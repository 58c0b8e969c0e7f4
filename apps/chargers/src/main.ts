import { NatsServer } from '@open-cpo/messaging';
import { loadConfig, startService } from '@open-cpo/platform';
import { AppModule } from './app.module';
import { ChargersConfig } from './config';

const config = loadConfig(ChargersConfig);

void startService({ name: 'chargers', config, module: AppModule.forRoot(config), strategy: NatsServer });

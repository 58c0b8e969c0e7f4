import { NatsServer } from '@open-cpo/messaging';
import { loadConfig, startService } from '@open-cpo/platform';
import { AppModule } from './app.module';
import { PayoutsConfig } from './config';

const config = loadConfig(PayoutsConfig);

void startService({ name: 'payouts', config, module: AppModule.forRoot(config), strategy: NatsServer });

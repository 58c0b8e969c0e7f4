import { NatsServer } from '@open-cpo/messaging';
import { loadConfig, startService } from '@open-cpo/platform';
import { AppModule } from './app.module';
import { StationsConfig } from './config';

const config = loadConfig(StationsConfig);

void startService({ name: 'stations', config, module: AppModule.forRoot(config), strategy: NatsServer });

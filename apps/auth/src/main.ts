import { NatsServer } from '@open-cpo/messaging';
import { loadConfig, startService } from '@open-cpo/platform';
import { AppModule } from './app.module';
import { AuthConfig } from './config';

const config = loadConfig(AuthConfig);
void startService({ name: 'auth', config, module: AppModule.forRoot(config), strategy: NatsServer });

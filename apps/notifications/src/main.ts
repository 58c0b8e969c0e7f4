import { NatsServer } from '@open-cpo/messaging';
import { loadConfig, startService } from '@open-cpo/platform';
import { AppModule } from './app.module';
import { NotificationsConfig } from './config';

const config = loadConfig(NotificationsConfig);

void startService({ name: 'notifications', config, module: AppModule.forRoot(config), strategy: NatsServer });

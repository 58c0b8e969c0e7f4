import { NatsServer } from '@open-cpo/messaging';
import { loadConfig, startService } from '@open-cpo/platform';
import { AppModule } from './app.module';
import { OrdersConfig } from './config';

const config = loadConfig(OrdersConfig);

void startService({ name: 'orders', config, module: AppModule.forRoot(config), strategy: NatsServer });

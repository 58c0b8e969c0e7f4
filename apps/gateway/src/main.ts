import { loadConfig, startProcess } from '@open-cpo/platform';
import { AppModule } from './app.module';
import { GatewayConfig } from './config';
import { serve } from './http/server/serve';

const config = loadConfig(GatewayConfig);

void startProcess({ name: 'gateway', config, module: AppModule }, (root, log) => serve(root, config, log));

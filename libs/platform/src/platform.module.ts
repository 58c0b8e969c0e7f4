import { type DynamicModule, Global, Module } from '@nestjs/common';
import { type LogConfig, ProcessConfig } from './config/process-config';
import { Health } from './health/health';
import { Log } from './log/log';
import { Metrics } from './metrics/metrics';
import { SecurityEvents } from './security/security-events';

/** Gives every module of a process its configuration, log, health and metrics. */
@Global()
@Module({})
export class PlatformModule {
  /** `config` is provided as its own class and as `ProcessConfig`; `log` defaults to one by the configuration. */
  static forRoot(config: ProcessConfig, name: string, log: Log = processLog(config, name)): DynamicModule {
    const Config = config.constructor as new () => ProcessConfig;
    const metrics = new Metrics();
    const providers = [
      { provide: Config, useValue: config },
      { provide: Log, useValue: log },
      { provide: Health, useValue: new Health() },
      { provide: Metrics, useValue: metrics },
      { provide: SecurityEvents, useValue: new SecurityEvents(log, metrics) },
      ...(Config === ProcessConfig ? [] : [{ provide: ProcessConfig, useExisting: Config }]),
    ];
    return { module: PlatformModule, providers, exports: providers.map(({ provide }) => provide) };
  }
}

/** The log of a process as configured. */
export const processLog = (config: LogConfig, service: string): Log =>
  Log.to({ service, level: config.logLevel, format: config.logFormat });

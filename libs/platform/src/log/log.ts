import type { LoggerService } from '@nestjs/common';
import { pino, type Logger } from 'pino';
import { standardOutput, type LineSink } from './destination';
import { fieldsFrom, isFrameworkChatter } from './log-arguments';
import { logFields, traceFields } from './log-context';
import { redacted, withoutCredentials } from './redaction';

/** Named values that go with a message. */
export type LogFields = Readonly<Record<string, unknown>>;

export interface LogOptions {
  /** Name of the process in every line. */
  readonly service: string;
  readonly level?: string;
  readonly format?: string;
  readonly sink?: LineSink;
}

type Level = 'info' | 'error' | 'warn' | 'debug' | 'trace' | 'fatal';

/**
 * The log: one JSON object a line. `log.error('Mail failed', { emailId, error })`; it also takes Nest's own calls, whose
 * trailing texts are a stack and a context. Secrets are blanked by field name.
 */
export class Log implements LoggerService {
  private constructor(private readonly logger: Logger) {}

  static to({ service, level = 'info', format = 'json', sink = standardOutput(format) }: LogOptions): Log {
    const options = {
      level,
      base: { service },
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label: string) => ({ level: label }) },
      mixin: () => ({ ...logFields(), ...traceFields() }),
    };
    return new Log(pino(options, sink));
  }

  /** A log whose lines all carry `fields`. */
  child(fields: LogFields): Log {
    return new Log(this.logger.child(redacted(fields) as object));
  }

  log(message: unknown, ...rest: unknown[]): void {
    this.put(isFrameworkChatter(rest) ? 'debug' : 'info', message, rest);
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.put('error', message, rest);
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.put('warn', message, rest);
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.put('debug', message, rest);
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.put('trace', message, rest);
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.put('fatal', message, rest);
  }

  private put(level: Level, message: unknown, rest: readonly unknown[]): void {
    if (!this.logger.isLevelEnabled(level)) return;
    const { text, fields } = fieldsFrom(message, rest);
    this.logger[level](redacted(fields) as object, withoutCredentials(text));
  }
}

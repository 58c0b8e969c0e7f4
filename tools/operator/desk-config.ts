import { TlsWhereRequired } from '@open-cpo/platform';
import { IsBoolean, IsNotEmpty, IsOptional, IsString, MaxLength } from 'class-validator';

/** Where operators sit: read like the settings of apps, so that a mounted secret will do. */
export class DeskConfig {
  /** Whether a broker without TLS is refused. */
  @IsBoolean()
  requireTls: boolean = false;

  @TlsWhereRequired('tls://')
  @IsNotEmpty()
  @IsString()
  natsUrl: string = 'nats://127.0.0.1:4222';

  @IsOptional()
  @IsString()
  natsUser?: string;

  @IsOptional()
  @IsString()
  natsPassword?: string;

  /** Keys that prove that an operator calls. */
  @IsOptional()
  @IsString()
  callKeys?: string;

  /** Who is named in the audit log; in a container the user of the system tells nothing. */
  @IsOptional()
  @MaxLength(100)
  @IsString()
  operatorName?: string;

  /** What is typed before a command, for the help: an image has no npm scripts. */
  @IsOptional()
  @MaxLength(100)
  @IsString()
  operatorCommand?: string;
}

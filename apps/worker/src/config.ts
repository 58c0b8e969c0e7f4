import { FilesConfig } from '@open-cpo/files';
import { DevelopmentOnly } from '@open-cpo/platform';
import { IsInt, IsOptional, IsString, Matches, Max, Min, MinLength } from 'class-validator';

export class WorkerConfig extends FilesConfig {
  /**
   * The mail server: `smtp://user:password@host:587` (TLS when the server offers it; `?requireTLS=true` insists) or
   * `smtps://…:465` (TLS from the first byte). Nodemailer's options can follow as a query.
   */
  @Matches(/^smtps?:\/\/./, { message: 'smtpUrl must begin with smtp:// or smtps://' })
  smtpUrl: string;

  /** Whom e-mails come from: `Open CPO <no-reply@example.com>`. */
  @Matches(/^(?:[^<>\r\n]+ <[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/, { message: 'mailFrom must hold an address' })
  mailFrom: string;

  /** How long one e-mail may take; less than a process may take to end, so that none is cut off half-sent. */
  @Max(300)
  @Min(1)
  @IsInt()
  smtpTimeoutSeconds: number = 15;

  /** Whether webhooks may lead to this machine, without encryption: for tests and development. */
  @DevelopmentOnly()
  webhookLocalTargets: boolean = false;

  /** What operators see the queues with, as `operator`; without it there is no board. */
  @IsOptional()
  @MinLength(16)
  @IsString()
  boardPassword?: string;

  /** Port of the board; 0 takes any free one. */
  @Max(65535)
  @Min(0)
  @IsInt()
  boardPort: number = 3200;
}

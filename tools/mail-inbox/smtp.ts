import { randomUUID } from 'node:crypto';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';
import type { CaughtMail } from './mail-store';

/** An SMTP server that accepts every mail and delivers none. */
export function smtpCatcher(caught: (mail: CaughtMail) => void): SMTPServer {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    // Whatever credentials come are fine: nothing leaves this machine.
    onAuth: (_auth, _session, done) => done(null, { user: 'anyone' }),
    onData: (stream, session, done) => {
      simpleParser(stream).then(
        (mail) => {
          caught(asCaught(mail, session));
          done();
        },
        (error: Error) => done(error),
      );
    },
  });
  // A client that breaks off is no reason to end.
  server.on('error', () => undefined);
  return server;
}

function asCaught(mail: ParsedMail, session: SMTPServerSession): CaughtMail {
  return {
    id: randomUUID(),
    receivedAt: new Date().toISOString(),
    from: mail.from?.text ?? '',
    to: session.envelope.rcptTo.map((recipient) => recipient.address),
    subject: mail.subject ?? '',
    text: (mail.text ?? '').trimEnd(),
    html: mail.html || '',
    headers: Object.fromEntries(mail.headerLines.map(({ key, line }) => [key, line.slice(key.length + 1).trim()])),
  };
}

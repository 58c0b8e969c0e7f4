import { MailStore } from './mail-store';
import { smtpCatcher } from './smtp';
import { webInbox } from './web';

export interface InboxOptions {
  readonly smtpPort: number;
  readonly httpPort: number;
  /** Where mails are kept over restarts. */
  readonly file: string;
}

export interface Inbox {
  stop(): Promise<void>;
}

/** Catches the mails of the development stack and shows them to a person, on this machine only. */
export async function startInbox({ smtpPort, httpPort, file }: InboxOptions): Promise<Inbox> {
  const store = new MailStore(file);
  const smtp = smtpCatcher((mail) => store.add(mail));
  const web = webInbox(store);
  await new Promise<void>((resolve, reject) => {
    smtp.server.once('error', reject);
    smtp.listen(smtpPort, '127.0.0.1', resolve);
  });
  await new Promise<void>((resolve, reject) => {
    web.once('error', reject).listen(httpPort, '127.0.0.1', resolve);
  });
  return {
    stop: async () => {
      web.closeAllConnections();
      await new Promise<void>((resolve) => web.close(() => resolve()));
      await new Promise<void>((resolve) => smtp.close(() => resolve()));
    },
  };
}

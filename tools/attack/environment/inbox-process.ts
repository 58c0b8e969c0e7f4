import { startInbox, type InboxOptions } from '../../mail-inbox/inbox';

// A process of its own: taking a mail in the attacking one would slow the request that is being timed.
void startInbox(JSON.parse(process.argv[2] ?? '{}') as InboxOptions).then(() => process.send?.('ready'));

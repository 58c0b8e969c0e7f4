import { englishHello as hello } from './greetings';
import type { Part } from './letter';
import type { Templates } from './letters';
import type { Params } from './params';

function place(params: Params): Part[] {
  const [device, address, at] = [params.get('device'), params.get('address'), params.get('at')];
  const known = [device && `Device: ${device}.`, address && `Network address: ${address}.`, at && `Time: ${at}.`];
  const text = known.filter(Boolean).join(' ');
  return text ? [text] : [];
}

const IF_NOT_YOU =
  'Was it not you? Then choose a new password at once, which ends all sessions, and look at the list of your sessions.';

/** Letters about logins. Subjects do not contain the word for a verification code, by which people look for one. */
export const englishEntries: Pick<Templates, 'new-device' | 'entered-by-code'> = {
  'new-device': (params) => ({
    subject: 'New login to your account',
    heading: 'Login from a new device',
    parts: [
      hello(params),
      'Somebody logged in to your account from a device or network that is new to us.',
      ...place(params),
      IF_NOT_YOU,
    ],
  }),
  'entered-by-code': (params) => ({
    subject: 'Your account was opened without its password',
    heading: 'Login without the password',
    parts: [
      hello(params),
      'Somebody logged in to your account with a code that we sent to this address. The password was not asked for and stays as it is.',
      ...place(params),
      IF_NOT_YOU,
    ],
  }),
};

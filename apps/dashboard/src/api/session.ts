import { reactive } from 'vue';
import { forgetSession, isRemembered, keepSession, keptSession, onSessionElsewhere } from './token';

interface SessionState {
  token: string | undefined;
  email: string;
  /** The token has ended while the user was at work: a dialog asks for the password. */
  expired: boolean;
}

const kept = keptSession();
export const session = reactive<SessionState>({ token: kept?.token, email: kept?.email ?? '', expired: false });

let waiting: ((token: string | undefined) => void)[] = [];
let refreshing: Promise<unknown> | undefined;
let remembered = isRemembered();

/** Whether the session is kept on this device, as the user has chosen. */
export const isSessionRemembered = (): boolean => remembered;

const answerWaiting = (token: string | undefined): void => {
  const all = waiting;
  waiting = [];
  session.expired = false;
  all.forEach((answer) => answer(token));
};

/** Begins a session, or continues one that had expired. */
export function beginSession(token: string, email: string, remember = remembered): void {
  remembered = remember;
  keepSession({ token, email }, remember);
  session.token = token;
  session.email = email;
  answerWaiting(token);
}

export function endSession(): void {
  forgetSession();
  session.token = undefined;
  answerWaiting(undefined);
}

/** Renews the token once, however many answers ask for it. */
export function renewOnce(renew: () => Promise<string>): void {
  refreshing ??= renew()
    .then((token) => beginSession(token, session.email))
    .catch(() => undefined)
    .finally(() => (refreshing = undefined));
}

export const tokens = {
  settled: async () => refreshing,
  current: () => session.token,
  renewed: async (rejected: string): Promise<string | undefined> => {
    await refreshing;
    if (session.token !== rejected) return session.token;
    return new Promise<string | undefined>((answer) => {
      waiting.push(answer);
      session.expired = true;
    });
  },
};

onSessionElsewhere((other) => {
  if (other?.token === session.token) return;
  if (other && (!session.token || other.email === session.email)) {
    session.token = other.token;
    session.email = other.email;
    answerWaiting(other.token);
    // Another user, or the end of the session: nothing of the former one may stay on the screen.
  } else location.assign('/');
});

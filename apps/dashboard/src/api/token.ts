/** What survives a reload: the access token, and whose it is. */
export interface Kept {
  readonly token: string;
  readonly email: string;
}

const KEY = 'open-cpo.session';
const read = (store: Storage): Kept | undefined => {
  try {
    return (JSON.parse(store.getItem(KEY) ?? 'null') as Kept | null) ?? undefined;
  } catch {
    return undefined;
  }
};

/** The kept session, of this tab or of this browser. */
export const keptSession = (): Kept | undefined => read(sessionStorage) ?? read(localStorage);

/** Whether the session outlives the tab. */
export const isRemembered = (): boolean => read(localStorage) !== undefined;

export function keepSession(kept: Kept, remember: boolean): void {
  forgetSession();
  (remember ? localStorage : sessionStorage).setItem(KEY, JSON.stringify(kept));
}

export function forgetSession(): void {
  sessionStorage.removeItem(KEY);
  localStorage.removeItem(KEY);
}

/** Calls back when another tab logs in, out, or renews the token. */
export function onSessionElsewhere(onChange: (kept: Kept | undefined) => void): void {
  addEventListener('storage', ({ key }) => {
    if (key === KEY || key === null) onChange(keptSession());
  });
}

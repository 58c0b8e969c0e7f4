import type { AuthUser, LoginAnswer, ResetAnswer } from '@open-cpo/contracts';
import type { Reply } from '@open-cpo/messaging';
import { Answered, V } from '../http/answers/success';

const CODE_AWAITED = V('Please enter the verification code to continue.', 202);

const json = <T>({ bytes }: Reply): T => JSON.parse(Buffer.from(bytes).toString()) as T;

/** Seconds for which a token lives, as it says itself; integrations read them beside `data`. */
function lifeOf({ access_token: token }: AuthUser): object {
  try {
    const payload = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString();
    const { iat, exp } = JSON.parse(payload) as { iat: number; exp: number };
    return { expires_in: exp - iat };
  } catch {
    return {};
  }
}

/** The user with a token, and for how long it lives. */
export const withLife = (reply: Reply): Answered => new Answered(reply, V(undefined, 200, lifeOf(json(reply))));

/** 200 with the user, or 202 with a verification: of the e-mail address, or by a second factor. */
export function loggedIn(reply: Reply): Answered {
  const { user, verification } = json<LoginAnswer>(reply);
  const bytes = Buffer.from(JSON.stringify(user ?? verification));
  const { replayed } = reply;
  return user ? withLife({ bytes, replayed }) : new Answered({ bytes, replayed }, CODE_AWAITED);
}

/** The same after a reset, where the user stands by itself. */
export function resetDone(reply: Reply): Answered {
  const { verification } = json<ResetAnswer>(reply);
  if (!verification) return withLife(reply);
  return new Answered({ bytes: Buffer.from(JSON.stringify(verification)), replayed: reply.replayed }, CODE_AWAITED);
}

import { type CanActivate, createParamDecorator, type ExecutionContext, UnauthorizedException } from '@nestjs/common';
import type { Person } from '../shared/settings';
import type { TokenCheck } from '../shared/token';

interface Asking {
  readonly headers: { readonly authorization?: string };
  person?: Person;
}

/** Lets in who has a valid token. */
export class TokenGuard implements CanActivate {
  constructor(private readonly check: TokenCheck) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<Asking>();
    request.person = this.check.who(request.headers.authorization);
    if (!request.person) throw new UnauthorizedException();
    return true;
  }
}

/** Who asks. */
export const Who = createParamDecorator(
  (_data: unknown, context: ExecutionContext) => context.switchToHttp().getRequest<Asking>().person,
);

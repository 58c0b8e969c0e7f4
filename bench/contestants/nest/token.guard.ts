import {
  type CanActivate,
  createParamDecorator,
  type ExecutionContext,
  SetMetadata,
  UnauthorizedException,
} from '@nestjs/common';
import type { Reflector } from '@nestjs/core';
import type { Person } from '../shared/settings';
import type { TokenCheck } from '../shared/token';

interface Asking {
  readonly headers: { readonly authorization?: string };
  person?: Person;
}

const PUBLIC = 'public';

/** Answered without a token. */
export const Public = () => SetMetadata(PUBLIC, true);

/** Lets in who has a valid token. */
export class TokenGuard implements CanActivate {
  constructor(
    private readonly check: TokenCheck,
    private readonly reflector: Reflector,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    if (this.reflector.get<boolean>(PUBLIC, context.getHandler())) return true;
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

import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import { type ErrorCode, Refusal } from '@open-cpo/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { declaredRoutes } from '../route';
import type { HttpPipeline } from '../pipeline';
import { allowedMethods } from './allowed-methods';

const BY_STATUS: Record<number, ErrorCode> = {
  400: 'malformed_request',
  404: 'route_not_found',
  413: 'payload_too_large',
  414: 'malformed_request',
  415: 'unsupported_media_type',
  429: 'too_many_requests',
  431: 'malformed_request',
  503: 'service_unavailable',
};

/** Gives what happens outside of any route (unknown path, wrong method, unreadable body) the documented forms. */
@Catch()
export class OutsideRoutes implements ExceptionFilter {
  constructor(private readonly pipeline: Pick<HttpPipeline, 'refuse'>) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    if (reply.sent) return;
    const refusal = refusalOf(error);
    if (refusal?.code === 'route_not_found') return refuseUnrouted(request, reply, this.pipeline);
    this.pipeline.refuse(refusal ?? error, request, reply);
  }
}

/** Refuses what leads to no route: there is no such path, or it does not answer to the method. */
export function refuseUnrouted(
  request: FastifyRequest,
  reply: FastifyReply,
  pipeline: Pick<HttpPipeline, 'refuse'>,
): void {
  const allowed = allowedMethods(declaredRoutes(), request.url);
  if (allowed.length === 0) return pipeline.refuse(new Refusal('route_not_found'), request, reply);
  reply.header('allow', allowed.join(', '));
  pipeline.refuse(new Refusal('method_not_allowed'), request, reply);
}

/** What the router itself cannot read: there is no route, no hook has run. */
export function refuseUnroutable(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const { pipeline } = (request as unknown as { server: { pipeline: HttpPipeline } }).server;
  reply.header('x-request-id', request.id);
  pipeline.refuse(refusalOf(error) ?? error, request, reply);
}

function refusalOf(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error;
  const status = error instanceof HttpException ? error.getStatus() : (error as { statusCode?: number }).statusCode;
  const code = BY_STATUS[status ?? 500] ?? (status && status < 500 ? 'malformed_request' : undefined);
  return code && new Refusal(code, { cause: error });
}

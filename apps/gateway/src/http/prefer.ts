const RESPOND_ASYNC = /(?:^|[,;])\s*respond-async\s*(?:[,;]|$)/i;

/** Whether a `Prefer` header asks for a response before the work is done (RFC 7240). */
export const isAsync = (prefer = ''): boolean => RESPOND_ASYNC.test(prefer);

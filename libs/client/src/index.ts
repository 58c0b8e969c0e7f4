export { type Client, type ClientOptions, createClient } from './client';
export { ApiError, type ErrorCode, type FieldErrors, unwrap } from './errors';
export type { Introduction } from './introduce';
export type { Send } from './repeat';
export type { components, operations, paths } from './schema';

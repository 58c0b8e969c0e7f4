// Types of properties are written down for the document as soon as a class is declared.
import 'reflect-metadata';
import type { ApiPropertyOptions } from '@nestjs/swagger';

/**
 * Decorators for the OpenAPI document, under the names of `@nestjs/swagger`. They only record what they are given, because
 * loading that package costs each service 17 MB for a document that the gateway alone writes.
 */
type Swagger = typeof import('@nestjs/swagger');
type Class<T> = abstract new (...args: never[]) => T;
type Derived<T> = new () => T;

const recorded: ((swagger: Swagger) => void)[] = [];

/** Applies what was recorded so far, in its order. */
export function documentContracts(swagger: Swagger): void {
  recorded.splice(0).forEach((apply) => apply(swagger));
}

const property =
  (decorator: (swagger: Swagger) => PropertyDecorator): PropertyDecorator =>
  (target, key) =>
    void recorded.push((swagger) => decorator(swagger)(target, key));

export const ApiProperty = (options?: ApiPropertyOptions): PropertyDecorator =>
  property((swagger) => swagger.ApiProperty(options));

export const ApiPropertyOptional = (options?: ApiPropertyOptions): PropertyDecorator =>
  property((swagger) => swagger.ApiPropertyOptional(options));

export const ApiHideProperty = (): PropertyDecorator => property((swagger) => swagger.ApiHideProperty());

/** An output without some fields of another one. */
export const OmitType = <T, K extends keyof T>(base: Class<T>, keys: readonly K[]): Derived<Omit<T, K>> =>
  derived((swagger) => swagger.OmitType(base as Derived<T>, keys));

/** An output in which each field of another one may be absent. */
export const PartialType = <T>(base: Class<T>): Derived<Partial<T>> =>
  derived((swagger) => swagger.PartialType(base as Derived<T>));

/** A class that gets the documented fields of the one that `@nestjs/swagger` makes. */
function derived<T>(make: (swagger: Swagger) => Class<unknown>): Derived<T> {
  const made = class {};
  recorded.push((swagger) => void Object.setPrototypeOf(made.prototype, make(swagger).prototype as object));
  return made as Derived<T>;
}

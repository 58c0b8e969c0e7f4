export * from './contacts';
export * from './instant';
export * from './nested';
export * from './reported';
export * from './scalars';
export { asAscii, withoutInvisible } from './scripts';

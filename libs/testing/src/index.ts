export { startTestAuditLog, type TestAuditLog } from './audit-log';
export { TestBroker, testBroker } from './broker';
export { asStranger, asUser, type TestUser } from './caller';
export { Authority, type Certificate } from './certificates';
export { Child, type Line } from './child-process';
export { testDatabase, type TestDatabase } from './database';
export { executionsByKeptPlan } from './kept-plan';
export { startTestGateway, type GatewayParts, type TestGateway, type TestGatewayOptions } from './gateway';
export { TestAuth, type TokenOptions } from './gateway/auth';
export * as reference from './reference';
export {
  startTestApp,
  startTestClient,
  startTestService,
  stopTestApp,
  testConfig,
  type TestService,
  type TestServiceOptions,
} from './service';
export { until } from './until';
export { packaged } from './packaged';
export { Standby } from './standby';
export { OwnRedis } from './own-redis';
export { OwnS3, type StoreRequest } from './own-s3/own-s3';
export { CallRefused, type ChargerOptions, ConnectionRefused, SimulatedCharger } from './simulated-charger';
export { SimulatedStation, type StationEvent, transactionEventPayload } from './simulated-station';
export { type Mischief, SoftAuthenticator } from './soft-authenticator';
